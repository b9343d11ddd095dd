package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileHeader;
import dev.coppice.posix.Fd;
import dev.coppice.posix.OpenFlags;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How one mode keeps file objects: opens stored ones and gives new ones their final form. */
public sealed interface FileFormat
    permits BareFormat, BareUserFormat, BareUserOnlyFormat, BareSplitXattrsFormat, ArchiveFormat {
  /** For opening a stored file: a pipe in its place is damage, and must not hang the reader. */
  int OPEN = OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK;

  /** The format of a mode. */
  static FileFormat of(RepoMode mode) {
    return switch (mode) {
      case BARE -> new BareFormat();
      case BARE_USER -> new BareUserFormat();
      case BARE_USER_ONLY -> new BareUserOnlyFormat();
      case ARCHIVE -> new ArchiveFormat();
      case BARE_SPLIT_XATTRS -> new BareSplitXattrsFormat();
    };
  }

  /** Opens a stored file, or returns null when it is not there. */
  @Nullable FileObject open(ObjectFiles store, Checksum checksum) throws IOException;

  /**
   * Whether a symbolic link is stored as one; else it is a regular file that holds what {@link
   * #linkContent} says.
   */
  boolean linksAreLinks();

  /**
   * Content of the regular file that stands for a symbolic link; asked only where {@link
   * #linksAreLinks} is false.
   */
  byte[] linkContent(FileHeader header);

  /**
   * Checks that the mode can hold such a file at all.
   *
   * @throws dev.coppice.core.failure.TreeException when it cannot
   */
  void check(FileHeader header, Checksum checksum);

  /** Gives a new regular file, whose content is complete, its owner, mode and attributes. */
  void finish(Fd file, FileHeader header) throws IOException;

  /** Gives a new symbolic link its owner and attributes. */
  void finishLink(Fd directory, String name, FileHeader header) throws IOException;
}
