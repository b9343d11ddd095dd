package dev.coppice.core.tree;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.FileHeader;

/** One line of a listing: a path inside a commit, from its root, and what it names. */
public sealed interface TreeEntry {
  /** From the root of the commit; {@code /} for the root itself. */
  String path();

  /** A directory. */
  record Directory(String path, Checksum tree, Checksum meta, DirMeta attributes)
      implements TreeEntry {}

  /**
   * A regular file or a symbolic link.
   *
   * @param size bytes of the content; 0 for a symbolic link
   */
  record File(String path, Checksum checksum, FileHeader header, long size) implements TreeEntry {}

  /** A path of which only the name was asked for. */
  record Name(String path) implements TreeEntry {}
}
