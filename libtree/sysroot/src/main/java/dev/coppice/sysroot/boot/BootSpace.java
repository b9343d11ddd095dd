package dev.coppice.sysroot.boot;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import dev.coppice.posix.StatVfs;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootFlag;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether /boot has room for new kernels, asked before anything is written.
 *
 * <p>Only where /boot is a file system of its own: elsewhere kernels are hard links. The file
 * system itself answers, by reserving the space in a file without a name. Source: {@code
 * auto_early_prune_old_deployments}.
 */
final class BootSpace {
  /** For entries, directories and what else a file system needs: 1 MiB, as in the real tool. */
  private static final long MARGIN = 1 << 20;

  private final Sysroot sysroot;

  BootSpace(Sysroot sysroot) {
    this.sysroot = sysroot;
  }

  /** /boot is too full for a new kernel. */
  static final class BootFullException extends TreeException {
    private static final long serialVersionUID = 1L;

    BootFullException(long needed, long available) {
      super(
          ErrorCode.SPACE_LOW,
          "/boot has no room for the new kernel: it takes "
              + needed
              + " bytes, and "
              + available
              + " are free; nothing was changed",
          "Remove a deployment you do not need with 'admin undeploy', or other files from /boot.",
          null);
    }
  }

  /** Whether /boot is a file system of its own, so that kernels are copied. */
  boolean isSeparate() throws IOException {
    return Fs.fstat(sysroot.boot()).dev() != Fs.fstat(sysroot.repo().descriptor()).dev();
  }

  /**
   * Makes sure that the kernels of a list of deployments fit.
   *
   * @throws BootFullException when they do not
   */
  void require(List<Deployment> deployments) throws IOException {
    if (isSeparate()) {
      long needed = needed(deployments);
      if (!fits(needed)) {
        throw new BootFullException(needed, StatVfs.of(sysroot.boot()).bytesAvailable());
      }
    }
  }

  /** Bytes that the kernels take which are not in /boot yet. */
  long needed(List<Deployment> deployments) throws IOException {
    long block = StatVfs.of(sysroot.boot()).blockSize();
    long bytes = 0;
    Set<String> counted = new HashSet<>();
    for (Deployment deployment : deployments) {
      String directory = deployment.files().directory(deployment.name().stateroot());
      if (counted.add(directory)
          && Fs.statIfExists(sysroot.boot(), "ostree/" + directory) == null) {
        bytes += kernelSize(deployment, block);
      }
    }
    return bytes;
  }

  private long kernelSize(Deployment deployment, long block) throws IOException {
    try (Fd root = Fs.openDir(sysroot.root(), deployment.name().path());
        KernelLayout layout =
            new KernelSearch(root, !sysroot.flags().contains(SysrootFlag.NO_DTB)).run()) {
      long bytes = 0;
      for (KernelFile file : layout.files()) {
        bytes += rounded(Fs.statFollow(layout.directory(), file.source()).size(), block);
      }
      if (layout.deviceTrees().isPresent()) {
        bytes += directorySize(layout.directory(), layout.deviceTrees().get(), block);
      }
      return bytes;
    }
  }

  /** Bytes in /boot of kernels that none of these deployments boots from. */
  long unneeded(List<Deployment> deployments) throws IOException {
    Set<String> needed = new HashSet<>();
    deployments.forEach(each -> needed.add(each.files().checksum()));
    long block = StatVfs.of(sysroot.boot()).blockSize();
    long bytes = 0;
    try (Fd kernels = Fs.openIfExists(sysroot.boot(), "ostree", OpenFlags.O_DIRECTORY)) {
      if (kernels != null) {
        for (DirEntry entry : DirStream.list(kernels)) {
          if (BootCleanup.isKernel(entry) && !needed.contains(BootCleanup.checksum(entry.name()))) {
            bytes += directorySize(kernels, entry.name(), block);
          }
        }
      }
    }
    return bytes;
  }

  private static long directorySize(Fd parent, String name, long block) throws IOException {
    long bytes = 0;
    try (Fd directory = Fs.openDir(parent, name)) {
      for (DirEntry entry : DirStream.list(directory)) {
        FileStat stat = Fs.stat(directory, entry.name());
        if (stat.isRegular()) {
          bytes += rounded(stat.size(), block);
        } else if (stat.isDirectory()) {
          bytes += directorySize(directory, entry.name(), block);
        }
      }
    }
    return bytes;
  }

  private static long rounded(long size, long block) {
    return block <= 0 ? size : (size + block - 1) / block * block;
  }

  /** Whether so many bytes can be written; a file system that cannot reserve says yes. */
  boolean fits(long bytes) throws IOException {
    if (bytes <= 0) {
      return true;
    }
    try (Fd probe = Fs.openTmpfile(sysroot.boot(), 0600)) {
      Io.fallocate(probe, bytes + MARGIN);
      return true;
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOSPC || e.errno() == Errno.EDQUOT) {
        return false;
      }
      if (e.errno() == Errno.EOPNOTSUPP || e.errno() == Errno.ENOSYS) {
        return true;
      }
      throw e;
    }
  }
}
