package dev.coppice.core.object;

import java.util.Optional;

/**
 * The kinds of objects. Numbers and extensions are those of {@code OstreeObjectType} and of the
 * names of loose objects.
 */
public enum ObjectType {
  /** A regular file or a symbolic link. */
  FILE(1, "file"),
  /** The names in a directory. */
  DIRTREE(2, "dirtree"),
  /** Owner, mode and extended attributes of a directory. */
  DIRMETA(3, "dirmeta"),
  /** A commit. */
  COMMIT(4, "commit"),
  /** The mark of a commit that was deleted on purpose. */
  TOMBSTONE(5, "tombstone-commit"),
  /** Detached metadata of a commit, such as signatures; not hashed, may change. */
  COMMITMETA(6, "commitmeta"),
  /** A symbolic link to a file object, named by the hash of the content alone. */
  PAYLOAD_LINK(7, "payload-link"),
  /** Extended attributes shared by files of a bare-split-xattrs repository. */
  FILE_XATTRS(8, "file-xattrs"),
  /** A hard link to the extended attributes of one file. */
  FILE_XATTRS_LINK(9, "file-xattrs-link");

  private final int number;
  private final String extension;

  ObjectType(int number, String extension) {
    this.number = number;
    this.extension = extension;
  }

  /** The number in static deltas and in {@code ostree.sizes}. */
  public int number() {
    return number;
  }

  /** The file name extension without its dot, as in all modes but archive. */
  public String extension() {
    return extension;
  }

  /** Whether the object is a GVariant named by the hash of its bytes. */
  public boolean isMetadata() {
    return switch (this) {
      case DIRTREE, DIRMETA, COMMIT -> true;
      case FILE, TOMBSTONE, COMMITMETA, PAYLOAD_LINK, FILE_XATTRS, FILE_XATTRS_LINK -> false;
    };
  }

  /** The type with this extension. */
  public static Optional<ObjectType> ofExtension(String extension) {
    for (ObjectType type : values()) {
      if (type.extension.equals(extension)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type with this number. */
  public static Optional<ObjectType> ofNumber(int number) {
    return number >= 1 && number <= values().length
        ? Optional.of(values()[number - 1])
        : Optional.empty();
  }
}
