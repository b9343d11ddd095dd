package dev.coppice.posix;

/**
 * Flags of {@code open}. O_CLOEXEC is always added and has no constant here.
 *
 * <p>Source: {@code asm-generic/fcntl.h}, with the values aarch64 redefines.
 */
public final class OpenFlags {
  /** Read only. */
  public static final int O_RDONLY = 0;

  /** Write only. */
  public static final int O_WRONLY = 1;

  /** Read and write. */
  public static final int O_RDWR = 2;

  /** Create when missing. */
  public static final int O_CREAT = 0100;

  /** With O_CREAT: fail when it exists. */
  public static final int O_EXCL = 0200;

  /** Do not become the controlling terminal. */
  public static final int O_NOCTTY = 0400;

  /** Cut to length zero. */
  public static final int O_TRUNC = 01000;

  /** Every write goes to the end. */
  public static final int O_APPEND = 02000;

  /** Do not wait for the other end of a pipe or a device. */
  public static final int O_NONBLOCK = 04000;

  /** Do not update the access time; only for the owner of the file. */
  public static final int O_NOATIME = 01000000;

  /** Only a place in the tree: no reading, no writing. */
  public static final int O_PATH = 010000000;

  /** Fail unless it is a directory. */
  public static final int O_DIRECTORY = Architecture.pick(0200000, 040000);

  /** Fail when the last component is a symbolic link (with O_PATH: open the link itself). */
  public static final int O_NOFOLLOW = Architecture.pick(0400000, 0100000);

  /** An unnamed file in the given directory. */
  public static final int O_TMPFILE = 020000000 | O_DIRECTORY;

  static final int O_CLOEXEC = 02000000;

  private OpenFlags() {}
}
