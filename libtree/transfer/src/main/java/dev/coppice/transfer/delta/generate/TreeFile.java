package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileHeader;

/**
 * A file object of a tree.
 *
 * @param checksum of the object
 * @param header owner, mode, target and attributes
 * @param size bytes of the content; 0 for a symbolic link
 * @param path the first one in the tree that leads to it, without a slash in front
 * @param young whether the new tree has it
 */
record TreeFile(Checksum checksum, FileHeader header, long size, String path, boolean young) {
  private static final int WORLD_READABLE = 04;

  /**
   * Whether a client can be told to read it: every client can then, whatever user it runs as, even
   * if the object is in a parent repository. Source: {@code check_object_world_readable}.
   */
  boolean canBeSource() {
    return !header.isSymlink() && size > 0 && (header.mode() & WORLD_READABLE) != 0;
  }
}
