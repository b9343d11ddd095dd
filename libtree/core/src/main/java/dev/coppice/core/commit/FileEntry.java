package dev.coppice.core.commit;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Xattrs;
import dev.coppice.posix.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * A file that was found in a source directory.
 *
 * @param stat as it was found
 * @param attributes as it will be in the tree
 * @param path inside the tree, or empty when nothing needs it
 * @param known what is known of it without reading it
 * @param slot where its checksum goes
 */
record FileEntry(
    String name, FileStat stat, Attributes attributes, String path, Known known, FileSlot slot) {
  /**
   * What is known of it because it is a hard link into the repository.
   *
   * @param linked the object, if nothing but the attributes can differ
   * @param xattrs the attributes, where they are not those of the file
   */
  record Known(@Nullable Checksum linked, @Nullable Xattrs xattrs) {}
}
