package dev.coppice.sysroot.boot;

import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Freeze;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.PosixException;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootFlag;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Forces what was written to the disk.
 *
 * <p>Where /boot is a mount of its own it is also frozen and thawed, which writes its journal back:
 * GRUB reads XFS without replaying the journal, and would see the state before. /boot on the root
 * file system is only synced, because this process could wait for itself there.
 */
final class BootSync {
  /** No freezing: an overlay, not mounted, not allowed, or already frozen by somebody. */
  private static final Set<Errno> UNFREEZABLE =
      EnumSet.of(Errno.EOPNOTSUPP, Errno.ENOSYS, Errno.ENOTTY, Errno.EPERM, Errno.EBUSY);

  private final Sysroot sysroot;

  BootSync(Sysroot sysroot) {
    this.sysroot = sysroot;
  }

  /** Repository, deployments, links and /boot. */
  void everything() throws IOException {
    if (!sysroot.flags().contains(SysrootFlag.SKIP_SYNC)) {
      Io.syncfs(sysroot.repo().descriptor());
      boot();
    }
  }

  /** Only /boot. */
  void boot() throws IOException {
    if (sysroot.flags().contains(SysrootFlag.SKIP_SYNC)) {
      return;
    }
    Fd boot = sysroot.boot();
    if (Fs.fstat(boot).dev() == Fs.fstat(sysroot.root()).dev() || !freezeAndThaw(boot)) {
      Io.syncfs(boot);
    }
  }

  /** False when the file system cannot be frozen, or nobody could thaw it if this process died. */
  private boolean freezeAndThaw(Fd boot) throws IOException {
    try (ThawGuard guard = ThawGuard.start(sysroot.path().resolve("boot"))) {
      if (guard == null) {
        return false;
      }
      try {
        Freeze.freeze(boot);
      } catch (PosixException e) {
        if (UNFREEZABLE.contains(e.errno())) {
          return false;
        }
        throw e;
      }
      try {
        Freeze.thaw(boot);
      } catch (PosixException e) {
        if (e.errno() != Errno.EINVAL) { // somebody else has thawed it
          throw e;
        }
      }
      return true;
    }
  }
}
