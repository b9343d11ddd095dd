package dev.coppice.sysroot.deploy;

import dev.coppice.core.object.Checksum;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Copies ram disks to where they wait for the update of /boot, named by their checksum. */
final class OverlayStaging {
  private static final int STEP = 256 * 1024;

  private OverlayStaging() {}

  /** Copies one; returns its checksum. */
  static String stage(Path directory, Path overlay) throws IOException {
    Fs.mkdirs(Fd.CWD, directory.toString(), 0755);
    try (Fd target = Fs.open(Fd.CWD, directory.toString(), OpenFlags.O_DIRECTORY, 0);
        Fd from = Fs.open(Fd.CWD, overlay.toString(), OpenFlags.O_RDONLY, 0);
        Fd to = Fs.openTmpfile(target, 0600)) {
      MessageDigest digest = Checksum.newDigest();
      var buffer = new byte[STEP];
      for (int count = Io.read(from, buffer, 0, STEP);
          count > 0;
          count = Io.read(from, buffer, 0, STEP)) {
        digest.update(buffer, 0, count);
        Io.writeFully(to, buffer, 0, count);
      }
      String checksum = HexFormat.of().formatHex(digest.digest());
      Fs.linkTmpfileIfMissing(to, target, checksum);
      return checksum;
    }
  }
}
