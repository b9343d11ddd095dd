package dev.coppice.core.export;

import dev.coppice.core.object.Xattrs;

/**
 * One entry of an archive.
 *
 * @param path without a slash at the end, also for directories
 * @param attributes owner, permissions, extended attributes
 * @param target of a link; empty otherwise
 * @param size of the content that follows; 0 for all but regular files
 */
record TarEntry(Kind kind, String path, Attributes attributes, String target, long size) {
  /** The type flag of an entry. */
  enum Kind {
    FILE('0'),
    HARD_LINK('1'),
    SYMLINK('2'),
    DIRECTORY('5');

    private final char flag;

    Kind(char flag) {
      this.flag = flag;
    }

    char flag() {
      return flag;
    }
  }

  /** What all kinds have. */
  record Attributes(int uid, int gid, int permissions, Xattrs xattrs) {}
}
