package dev.coppice.sysroot.boot;

import dev.coppice.core.object.Checksum;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.Sysroot;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Removes kernels and ram disks from {@code /boot/ostree} that no deployment boots from. */
public final class BootCleanup {
  private static final String OVERLAYS = "ostree/initramfs-overlays";

  private final Sysroot sysroot;

  /** A cleanup of a sysroot that the caller has locked. */
  public BootCleanup(Sysroot sysroot) {
    this.sysroot = sysroot;
  }

  /**
   * Removes what is not needed.
   *
   * @param deployments all that are in force
   */
  public void run(List<Deployment> deployments) throws IOException {
    if (!sysroot.hasBoot()) {
      return;
    }
    Set<String> checksums = new HashSet<>();
    Set<String> overlays = new HashSet<>();
    for (Deployment deployment : deployments) {
      checksums.add(deployment.files().checksum());
      deployment.files().overlays().forEach(each -> overlays.add(each + ".img"));
    }
    remove("ostree", entry -> isKernel(entry) && !checksums.contains(checksum(entry.name())));
    remove(OVERLAYS, entry -> entry.isRegular() && !overlays.contains(entry.name()));
  }

  /** Whether a name below {@code /boot/ostree} is a directory of OSTree's with a kernel. */
  static boolean isKernel(DirEntry entry) {
    return entry.isDirectory()
        && entry.name().indexOf('-') >= 0
        && Checksum.isHex(checksum(entry.name()));
  }

  /** The boot checksum at the end of such a name. */
  static String checksum(String directory) {
    return directory.substring(directory.lastIndexOf('-') + 1);
  }

  private void remove(String path, Predicate<DirEntry> unneeded) throws IOException {
    try (Fd directory = Fs.openIfExists(sysroot.boot(), path, OpenFlags.O_DIRECTORY)) {
      if (directory != null) {
        for (DirEntry entry : DirStream.list(directory)) {
          if (unneeded.test(entry)) {
            Fs.removeTree(directory, entry.name());
          }
        }
      }
    }
  }
}
