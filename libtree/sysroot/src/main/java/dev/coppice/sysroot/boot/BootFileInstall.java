package dev.coppice.sysroot.boot;

import dev.coppice.core.object.FileMode;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.PosixException;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.label.TreeLabels;
import java.io.IOException;

/**
 * Puts single files into {@code /boot}: as links where that is on the file system of the
 * deployments, otherwise as copies. Source: {@code install_into_boot}.
 *
 * @param root the deployment, whose policy labels the copies
 */
record BootFileInstall(Sysroot sysroot, Fd root) {
  /** Links or copies a file into /boot unless the name is there already. */
  void install(Fd sourceDir, String source, Fd targetDir, String target) throws IOException {
    if (Fs.access(targetDir, target, Fs.F_OK)) {
      return;
    }
    try {
      Fs.link(sourceDir, source, targetDir, target);
    } catch (PosixException e) {
      if (e.errno() != Errno.EXDEV && e.errno() != Errno.EMLINK) {
        throw e;
      }
      copy(sourceDir, source, targetDir, target);
    }
  }

  /**
   * Copies content, owner and mode, but not the label: those of modules keep programs from reading
   * what is in /boot. The name appears when the content is on the disk.
   */
  private void copy(Fd sourceDir, String source, Fd targetDir, String target) throws IOException {
    FileStat stat = Fs.stat(sourceDir, source);
    try (Fd from = Fs.openRead(sourceDir, source);
        Fd to = Fs.openTmpfile(targetDir, 0600)) {
      Io.copyFileRange(from, to, Long.MAX_VALUE);
      Fs.chown(to, stat.uid(), stat.gid());
      Fs.chmod(to, stat.permissions());
      String name = target.substring(target.lastIndexOf('/') + 1);
      TreeLabels.of(sysroot, root).set(to, "/boot/" + name, FileMode.REGULAR | 0644);
      Io.fdatasync(to);
      Fs.linkTmpfileIfMissing(to, targetDir, target);
    }
  }
}
