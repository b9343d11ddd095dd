package dev.coppice.sysroot;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import dev.coppice.posix.StatVfs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A root file system with deployments: {@code /ostree/repo}, {@code /ostree/deploy} and {@code
 * /boot}. Not for several threads at once; {@link #lock} keeps other processes away.
 */
public final class Sysroot implements AutoCloseable {
  /** {@code MSDOS_SUPER_MAGIC}: no symbolic links, so no atomic switch. */
  private static final long VFAT = 0x4d44;

  private final SysrootRequest request;
  private final Fd root;
  private @Nullable Fd boot;
  private @Nullable Repo repo;

  private Sysroot(SysrootRequest request, Fd root) {
    this.request = request;
    this.root = root;
  }

  /** Opens the root; nothing else is looked at yet. */
  public static Sysroot open(SysrootRequest request) throws IOException {
    try {
      return new Sysroot(
          request, Fs.open(Fd.CWD, request.path().toString(), OpenFlags.O_DIRECTORY, 0));
    } catch (PosixException e) {
      throw new Failure(
          ErrorCode.SYSROOT_INVALID,
          "Initializing sysroot: opendir("
              + request.path().toAbsolutePath()
              + "): "
              + e.errno().text(),
          "Name a root file system with --sysroot, or prepare one with 'admin init-fs'.",
          e);
    }
  }

  /** The root's path. */
  public Path path() {
    return request.path();
  }

  /** The root. */
  public Fd root() {
    return root;
  }

  /** Switches of the environment. */
  public Set<SysrootFlag> flags() {
    return request.flags();
  }

  /** The running system. */
  public Host host() {
    return request.host();
  }

  /**
   * The directory {@code /boot}.
   *
   * @throws Failure with {@link ErrorCode#SYSROOT_INVALID} when it is on a vfat file system
   */
  public Fd boot() throws IOException {
    Fd open = boot;
    if (open == null) {
      open = Fs.open(root, "boot", OpenFlags.O_DIRECTORY, 0);
      if (StatVfs.of(open).type() == VFAT) {
        open.close();
        throw new Failure(
            ErrorCode.SYSROOT_INVALID,
            "/boot cannot currently be a vfat filesystem",
            "Boot entries are switched by a symbolic link, which vfat does not have; use another"
                + " file system for /boot.");
      }
      boot = open;
    }
    return open;
  }

  /** Whether there is a directory {@code /boot}. */
  public boolean hasBoot() throws IOException {
    return boot != null || Fs.statIfExists(root, "boot") != null;
  }

  /**
   * The repository of the sysroot.
   *
   * @throws Failure with {@link ErrorCode#SYSROOT_INVALID} when it is on another device than the
   *     deployments, which could not be hard links then
   */
  public Repo repo() throws IOException {
    Repo open = repo;
    if (open == null) {
      if (Fs.statIfExists(root, "ostree/repo") == null) {
        throw new Failure(
            ErrorCode.SYSROOT_INVALID,
            "loading sysroot: Opening sysroot repo: opendir(ostree/repo): No such file or"
                + " directory",
            "Prepare " + path() + " with 'admin init-fs'.");
      }
      open = Repo.open(path().resolve("ostree/repo"));
      FileStat here = Fs.statFollow(root, "ostree");
      FileStat there = Fs.fstat(open.descriptor());
      if (here.dev() != there.dev()) {
        open.close();
        throw new Failure(
            ErrorCode.SYSROOT_INVALID,
            "Unexpected state: ostree/ on device "
                + here.dev()
                + " but ostree/repo on device "
                + there.dev(),
            "Put repository and deployments on one file system; deployments are hard links.");
      }
      repo = open;
    }
    return open;
  }

  /** Reads which deployments there are. */
  public SysrootState load() throws IOException {
    return new SysrootLoader(this).load();
  }

  /** Takes the lock that every change needs. */
  public SysrootLock lock(Runnable waiting) throws IOException {
    SysrootLock lock = SysrootLock.take(root, waiting);
    try {
      requireBootPartition();
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Without its boot partition a sysroot seems to have no deployments, and the next change would
   * remove them all. Kernels are written to it before anything else of a first deployment is, so a
   * directory for them is missing only where the partition is.
   */
  private void requireBootPartition() throws IOException {
    boolean deployed =
        Fs.statIfExists(root, "ostree/boot.0") != null
            || Fs.statIfExists(root, "ostree/boot.1") != null;
    if (deployed
        && Fs.statIfExists(root, "boot/loader") == null
        && Fs.statIfExists(root, "boot/ostree") == null) {
      throw new Failure(
          ErrorCode.SYSROOT_INVALID,
          path() + " has deployments, but neither boot/loader nor boot/ostree",
          "Mount its boot partition at " + path().resolve("boot") + " first.");
    }
  }

  /** Tells programs that watch the sysroot to look again. */
  public void touch() throws IOException {
    try (Fd deployments = Fs.open(root, "ostree/deploy", OpenFlags.O_DIRECTORY, 0)) {
      Instant now = Instant.now();
      Fs.setTimes(deployments, now.getEpochSecond(), now.getNano());
    }
  }

  @Override
  public void close() throws IOException {
    try (Repo closingRepo = repo;
        Fd closingBoot = boot;
        Fd closingRoot = root) {
      repo = null;
      boot = null;
    }
  }
}
