package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * What the kernel knows about a file.
 *
 * @param dev device of the file system, encoded like glibc's {@code makedev}
 * @param ino inode number, unsigned
 * @param mode type and permissions, see {@link Mode}
 * @param nlink number of hard links
 * @param uid owner; unsigned 32 bits
 * @param gid group; unsigned 32 bits
 * @param rdev device number of a device node, encoded like {@code dev}
 * @param size bytes of content; bytes of the target for a symbolic link
 * @param blocks allocated units of 512 bytes
 * @param mtimeSeconds time of the last change of content, seconds since 1970
 * @param mtimeNanos nanoseconds within that second
 * @param ctimeSeconds time of the last change of content or metadata, seconds since 1970
 * @param ctimeNanos nanoseconds within that second
 */
public record FileStat(
    long dev,
    long ino,
    int mode,
    int nlink,
    int uid,
    int gid,
    long rdev,
    long size,
    long blocks,
    long mtimeSeconds,
    int mtimeNanos,
    long ctimeSeconds,
    int ctimeNanos) {

  /** Whether this is a directory. */
  public boolean isDirectory() {
    return Mode.isDirectory(mode);
  }

  /** Whether this is a regular file. */
  public boolean isRegular() {
    return Mode.isRegular(mode);
  }

  /** Whether this is a symbolic link. */
  public boolean isSymlink() {
    return Mode.isSymlink(mode);
  }

  /** Whether this is a character or block device. */
  public boolean isDevice() {
    return type() == Mode.S_IFCHR || type() == Mode.S_IFBLK;
  }

  /** The file type bits of the mode. */
  public int type() {
    return Mode.type(mode);
  }

  /** The twelve permission bits of the mode. */
  public int permissions() {
    return Mode.permissions(mode);
  }

  /** Whether both describe one and the same inode. */
  public boolean isSameFile(FileStat other) {
    return dev == other.dev && ino == other.ino;
  }

  /** Reads the kernel's {@code struct statx}, which is the same on all architectures. */
  static FileStat ofStatx(MemorySegment s) {
    return new FileStat(
        device(s.get(JAVA_INT, 136), s.get(JAVA_INT, 140)),
        s.get(JAVA_LONG, 32),
        s.get(JAVA_SHORT, 28) & 0xFFFF,
        s.get(JAVA_INT, 16),
        s.get(JAVA_INT, 20),
        s.get(JAVA_INT, 24),
        device(s.get(JAVA_INT, 128), s.get(JAVA_INT, 132)),
        s.get(JAVA_LONG, 40),
        s.get(JAVA_LONG, 48),
        s.get(JAVA_LONG, 112),
        s.get(JAVA_INT, 120),
        s.get(JAVA_LONG, 96),
        s.get(JAVA_INT, 104));
  }

  /** One number from major and minor, as glibc's {@code makedev} packs them. */
  public static long device(int major, int minor) {
    return ((major & 0xFFFFF000L) << 32)
        | ((major & 0xFFFL) << 8)
        | ((minor & 0xFFFFFF00L) << 12)
        | (minor & 0xFFL);
  }

  /** The major number within a packed device number. */
  public static int major(long device) {
    return (int) (((device >>> 32) & 0xFFFFF000L) | ((device >>> 8) & 0xFFFL));
  }

  /** The minor number within a packed device number. */
  public static int minor(long device) {
    return (int) (((device >>> 12) & 0xFFFFFF00L) | (device & 0xFFL));
  }
}
