package dev.coppice.core.commit;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.store.ContentSource;
import dev.coppice.core.store.ObjectWriter;
import dev.coppice.core.store.RepoMode;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import java.io.IOException;

/**
 * Takes files of a consumed source into the repository as they are, instead of copying them. They
 * are linked now and lose their old name when the commit is there. Source: {@code
 * adopt_and_commit_regfile}, which does not count them as content either.
 */
final class Adoption {
  /** What a regular file may have in a bare-user-only repository. */
  private static final int PERMISSIONS = 0755;

  private final Build build;

  Adoption(Build build) {
    this.build = build;
  }

  /** Whether a regular file is taken as it is. */
  boolean takes(FileEntry entry, Xattrs xattrs) {
    if (!build.wants(CommitFlag.CONSUME) || !build.onRepoDevice(entry.stat())) {
      return false;
    }
    if (entry.known().linked() != null || entry.known().xattrs() != null) {
      return false;
    }
    RepoMode mode = build.repo().mode();
    if (mode == RepoMode.BARE_USER_ONLY) {
      return true;
    }
    boolean unchanged =
        entry.attributes().equals(Attributes.of(entry.stat()))
            && build.rules().readsXattrs()
            && build.rules().finish(entry.path(), entry.stat().mode(), xattrs).equals(xattrs);
    return mode == RepoMode.BARE && unchanged;
  }

  /** Makes an open file an object. */
  Checksum adopt(FileHeader header, Fd file, FileStat stat) throws IOException {
    ObjectWriter writer = build.transaction().writer();
    var content = new ContentSource.OfFile(file, stat.size());
    Checksum checksum = writer.hash(header, content);
    ObjectName object = ObjectName.file(checksum);
    if (writer.has(object)) {
      return checksum;
    }
    // Whoever holds another link could change the object later.
    if (stat.nlink() == 1) {
      if (build.repo().mode() == RepoMode.BARE_USER_ONLY) {
        Fs.chmod(file, header.mode() & PERMISSIONS);
      }
      Fs.setTimes(file, 0, 0);
      // By its descriptor: the name may lead to another file by now.
      if (writer.linkFile(file, object)) {
        return checksum;
      }
    }
    Io.lseek(file, 0, Io.SEEK_SET);
    return writer.writeFile(header, content, checksum).checksum();
  }
}
