package dev.coppice.sysroot.boot;

import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.sysroot.BootLink;
import dev.coppice.sysroot.BootVersion;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootState;
import java.io.IOException;
import java.util.List;

/** The links from boot checksums to deployments, {@code /ostree/boot.V.S}. */
final class Links {
  private final Sysroot sysroot;

  Links(Sysroot sysroot) {
    this.sysroot = sysroot;
  }

  /**
   * The set of links that is free below a boot version: the other one than the one in use there.
   */
  BootVersion free(SysrootState state, int version) throws IOException {
    int used;
    if (version == state.version().version()) {
      used = state.version().sub();
    } else {
      String link = "ostree/boot." + version;
      used =
          Fs.statIfExists(sysroot.root(), link) != null
                  && Fs.readlink(sysroot.root(), link).endsWith(".1")
              ? 1
              : 0;
    }
    return new BootVersion(version, 1 - used);
  }

  /** Writes a set of links that is not in use. */
  void write(BootVersion version, List<Placement> placements) throws IOException {
    try (Fd ostree = Fs.open(sysroot.root(), "ostree", OpenFlags.O_DIRECTORY, 0)) {
      Fs.removeTree(ostree, version.directory());
      Fs.mkdirs(ostree, version.directory(), 0755);
      try (Fd directory = Fs.openDir(ostree, version.directory())) {
        for (Placement each : placements) {
          var name = each.deployment().name();
          String parent = name.stateroot() + "/" + each.deployment().files().checksum();
          Fs.mkdirs(directory, parent, 0755);
          String target = "../../../deploy/" + name.stateroot() + "/deploy/" + name.directory();
          replace(target, directory, parent + "/" + each.serial());
        }
      }
    }
  }

  /** Makes a set of links the one in use below its boot version. */
  void activate(BootVersion version) throws IOException {
    try (Fd ostree = Fs.open(sysroot.root(), "ostree", OpenFlags.O_DIRECTORY, 0)) {
      replace(version.directory(), ostree, version.link());
    }
  }

  /** The link of a deployment under a boot version. */
  static BootLink of(int version, Placement placement) {
    return new BootLink(
        version,
        placement.deployment().name().stateroot(),
        placement.deployment().files().checksum(),
        placement.serial());
  }

  /** Makes a symbolic link; one that is there is replaced in one step. */
  static void replace(String target, Fd directory, String name) throws IOException {
    String temporary = name + ".tmp";
    Fs.unlinkIfExists(directory, temporary);
    Fs.symlink(target, directory, temporary);
    Fs.rename(directory, temporary, directory, name);
  }
}
