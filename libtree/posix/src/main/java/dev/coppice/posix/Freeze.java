package dev.coppice.posix;

import java.io.IOException;

/**
 * Stops and resumes all writing to a mounted file system.
 *
 * <p>A freeze forces the journal to the disk, which a boot loader that does not replay journals
 * needs. Everything that writes waits until the thaw, this process included.
 */
public final class Freeze {
  private static final long FIFREEZE = 0xC004_5877L;
  private static final long FITHAW = 0xC004_5878L;

  private Freeze() {}

  /**
   * Freezes the file system of an open directory.
   *
   * @throws PosixException EOPNOTSUPP where it cannot be frozen, EBUSY when it is frozen, EPERM
   *     without the privilege
   */
  public static void freeze(Fd dir) throws IOException {
    control(dir, FIFREEZE, "FIFREEZE");
  }

  /** Thaws it; EINVAL when it is not frozen. */
  public static void thaw(Fd dir) throws IOException {
    control(dir, FITHAW, "FITHAW");
  }

  private static void control(Fd dir, long request, String name) throws IOException {
    Syscall.check(
        Syscall.call(Scratch.get(), CallNumber.IOCTL, dir.number(), request, 0), name, dir);
  }
}
