package dev.coppice.core.commit;

import dev.coppice.core.object.FileHeader;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Mode;

/**
 * Owner and mode of an entry on its way into the tree.
 *
 * @param mode type and permissions
 */
record Attributes(int uid, int gid, int mode) {
  static Attributes of(FileStat stat) {
    return new Attributes(stat.uid(), stat.gid(), stat.mode());
  }

  static Attributes of(FileHeader header) {
    return new Attributes(header.uid(), header.gid(), header.mode());
  }

  boolean isDirectory() {
    return Mode.isDirectory(mode);
  }

  boolean isRegular() {
    return Mode.isRegular(mode);
  }

  Attributes withOwner(int newUid, int newGid) {
    return new Attributes(newUid, newGid, mode);
  }

  Attributes withMode(int newMode) {
    return new Attributes(uid, gid, newMode);
  }
}
