package dev.coppice.sysroot.deploy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.sysroot.DeploymentName;
import dev.coppice.sysroot.Sysroot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The directories of deployments, whether or not a boot entry leads to them. */
final class DeploymentDirectories {
  private DeploymentDirectories() {}

  static List<DeploymentName> all(Sysroot sysroot) throws IOException {
    var names = new ArrayList<DeploymentName>();
    try (Fd stateroots = Fs.openIfExists(sysroot.root(), "ostree/deploy", OpenFlags.O_DIRECTORY)) {
      if (stateroots != null) {
        for (DirEntry entry : DirStream.list(stateroots)) {
          if (isDirectory(stateroots, entry)) {
            names.addAll(of(sysroot, entry.name()));
          }
        }
      }
    }
    return names;
  }

  /**
   * Those of one stateroot.
   *
   * @throws Failure with {@link ErrorCode#SYSROOT_INVALID} when something else is among them:
   *     better not to delete anything then
   */
  static List<DeploymentName> of(Sysroot sysroot, String stateroot) throws IOException {
    var names = new ArrayList<DeploymentName>();
    String path = DeploymentName.directoryOf(stateroot);
    try (Fd directory = Fs.openIfExists(sysroot.root(), path, OpenFlags.O_DIRECTORY)) {
      if (directory != null) {
        for (DirEntry entry : DirStream.list(directory)) {
          if (isDirectory(directory, entry)) {
            names.add(parse(stateroot, entry.name()));
          }
        }
      }
    }
    return names;
  }

  private static DeploymentName parse(String stateroot, String name) {
    return DeploymentName.ofDirectory(stateroot, name)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.SYSROOT_INVALID,
                    "Invalid deploy name '" + name + "', expected CHECKSUM.TREESERIAL",
                    "Move it out of " + DeploymentName.directoryOf(stateroot) + "."));
  }

  /** One more than the highest serial of a commit in a stateroot; 0 for the first. */
  static int nextSerial(Sysroot sysroot, String stateroot, Checksum commit) throws IOException {
    return of(sysroot, stateroot).stream()
        .filter(each -> each.commit().equals(commit))
        .mapToInt(each -> each.serial() + 1)
        .max()
        .orElse(0);
  }

  private static boolean isDirectory(Fd parent, DirEntry entry) throws IOException {
    return entry.type() == DirEntry.DT_UNKNOWN
        ? Fs.stat(parent, entry.name()).isDirectory()
        : entry.isDirectory();
  }
}
