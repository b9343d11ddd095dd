package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The attributes that {@code lsattr} shows, of which OSTree uses "immutable". */
public final class InodeFlags {
  /** Nothing about the file can change and no name be added to or removed from a directory. */
  public static final int FS_IMMUTABLE_FL = 0x10;

  /** The content is protected by fs-verity; read only. */
  public static final int FS_VERITY_FL = 0x0010_0000;

  private static final long FS_IOC_GETFLAGS = 0x8008_6601L;
  private static final long FS_IOC_SETFLAGS = 0x4008_6602L;

  private InodeFlags() {}

  /**
   * The flags of an open file or directory.
   *
   * @throws PosixException ENOTTY or EOPNOTSUPP where the file system has none
   */
  public static int get(Fd file) throws IOException {
    return (int) Syscall.check(read(file), "FS_IOC_GETFLAGS", file);
  }

  /** Whether the immutable flag is set; false where the file system has no flags. */
  public static boolean isImmutable(Fd file) throws IOException {
    long flags = read(file);
    return !isUnsupported(flags)
        && (Syscall.check(flags, "FS_IOC_GETFLAGS", file) & FS_IMMUTABLE_FL) != 0;
  }

  /**
   * Sets or clears the immutable flag.
   *
   * @return false when the file system has no flags, or refuses this one to an unprivileged user
   *     although nothing else is wrong: the file is then as it was
   */
  public static boolean setImmutable(Fd file, boolean immutable) throws IOException {
    long flags = read(file);
    if (isUnsupported(flags)) {
      return false;
    }
    int current = (int) Syscall.check(flags, "FS_IOC_GETFLAGS", file);
    int wanted = immutable ? current | FS_IMMUTABLE_FL : current & ~FS_IMMUTABLE_FL;
    if (wanted == current) {
      return true;
    }
    var scratch = Scratch.get();
    scratch.struct.set(JAVA_INT, 0, wanted);
    long result =
        Syscall.call(
            scratch, CallNumber.IOCTL, file.number(), FS_IOC_SETFLAGS, scratch.struct.address());
    if (isUnsupported(result) || Syscall.is(result, Errno.EPERM)) {
      return false;
    }
    Syscall.check(result, "FS_IOC_SETFLAGS", file);
    return true;
  }

  /** Only regular files and directories have flags; opening others to ask can do harm. */
  static boolean mayHaveFlags(@Nullable FileStat stat) {
    return stat != null && (stat.isDirectory() || stat.isRegular());
  }

  private static long read(Fd file) {
    var scratch = Scratch.get();
    scratch.struct.set(JAVA_INT, 0, 0);
    long result =
        Syscall.call(
            scratch, CallNumber.IOCTL, file.number(), FS_IOC_GETFLAGS, scratch.struct.address());
    return result < 0 ? result : scratch.struct.get(JAVA_INT, 0) & 0xFFFF_FFFFL;
  }

  private static boolean isUnsupported(long result) {
    return Syscall.is(result, Errno.ENOTTY)
        || Syscall.is(result, Errno.EOPNOTSUPP)
        || Syscall.is(result, Errno.EINVAL)
        || Syscall.is(result, Errno.ENOSYS);
  }
}
