package dev.coppice.core.object;

/** Bits of {@code st_mode} as they stand in objects; the same on every Linux architecture. */
public final class FileMode {
  /** Mask of the file type. */
  public static final int TYPE = 0170000;

  /** A directory. */
  public static final int DIRECTORY = 0040000;

  /** A regular file. */
  public static final int REGULAR = 0100000;

  /** A symbolic link. */
  public static final int SYMLINK = 0120000;

  /** What may stand in an object beside the type: permissions, setuid, setgid, sticky. */
  public static final int PERMISSIONS = 07777;

  private FileMode() {}

  /** Whether the mode is that of a directory. */
  public static boolean isDirectory(int mode) {
    return (mode & TYPE) == DIRECTORY;
  }

  /** Whether the mode is that of a regular file. */
  public static boolean isRegular(int mode) {
    return (mode & TYPE) == REGULAR;
  }

  /** Whether the mode is that of a symbolic link. */
  public static boolean isSymlink(int mode) {
    return (mode & TYPE) == SYMLINK;
  }

  static void check(int mode) {
    if ((mode & ~(TYPE | PERMISSIONS)) != 0) {
      throw new MalformedObjectException(
          "Invalid mode " + Integer.toUnsignedString(mode) + "; invalid bits in mode");
    }
  }
}
