package dev.coppice.posix;

/**
 * One name of a directory.
 *
 * @param name the name, see {@link PosixNames}
 * @param type one of the {@code DT_} constants; {@link #DT_UNKNOWN} on file systems that do not
 *     tell
 * @param inode the inode number as the directory has it; below a mount point, and on stacked file
 *     systems, {@code stat} says another one
 */
public record DirEntry(String name, byte type, long inode) {
  /** The file system does not tell: ask {@code stat}. */
  public static final byte DT_UNKNOWN = 0;

  /** Named pipe. */
  public static final byte DT_FIFO = 1;

  /** Character device. */
  public static final byte DT_CHR = 2;

  /** Directory. */
  public static final byte DT_DIR = 4;

  /** Block device. */
  public static final byte DT_BLK = 6;

  /** Regular file. */
  public static final byte DT_REG = 8;

  /** Symbolic link. */
  public static final byte DT_LNK = 10;

  /** Socket. */
  public static final byte DT_SOCK = 12;

  /** Whether the kernel says it is a directory. */
  public boolean isDirectory() {
    return type == DT_DIR;
  }

  /** Whether the kernel says it is a regular file. */
  public boolean isRegular() {
    return type == DT_REG;
  }

  /** Whether the kernel says it is a symbolic link. */
  public boolean isSymlink() {
    return type == DT_LNK;
  }
}
