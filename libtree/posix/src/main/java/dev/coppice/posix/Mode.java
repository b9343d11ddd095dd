package dev.coppice.posix;

/** The bits of {@code st_mode}: file type and permissions, in the kernel's numbering. */
public final class Mode {
  /** Mask of the file type. */
  public static final int S_IFMT = 0170000;

  /** Socket. */
  public static final int S_IFSOCK = 0140000;

  /** Symbolic link. */
  public static final int S_IFLNK = 0120000;

  /** Regular file. */
  public static final int S_IFREG = 0100000;

  /** Block device. */
  public static final int S_IFBLK = 0060000;

  /** Directory. */
  public static final int S_IFDIR = 0040000;

  /** Character device. */
  public static final int S_IFCHR = 0020000;

  /** Named pipe. */
  public static final int S_IFIFO = 0010000;

  /** Set user id. */
  public static final int S_ISUID = 04000;

  /** Set group id. */
  public static final int S_ISGID = 02000;

  /** Sticky. */
  public static final int S_ISVTX = 01000;

  /** The twelve bits that {@code chmod} sets. */
  public static final int PERMISSIONS = 07777;

  private Mode() {}

  /** The file type bits. */
  public static int type(int mode) {
    return mode & S_IFMT;
  }

  /** The bits {@code chmod} sets. */
  public static int permissions(int mode) {
    return mode & PERMISSIONS;
  }

  /** Whether the mode is of a directory. */
  public static boolean isDirectory(int mode) {
    return type(mode) == S_IFDIR;
  }

  /** Whether the mode is of a regular file. */
  public static boolean isRegular(int mode) {
    return type(mode) == S_IFREG;
  }

  /** Whether the mode is of a symbolic link. */
  public static boolean isSymlink(int mode) {
    return type(mode) == S_IFLNK;
  }
}
