package dev.coppice.sysroot.deploy;

import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.sysroot.DeploymentName;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.etcmerge.EtcDiff;
import dev.coppice.sysroot.etcmerge.EtcMergePlan;
import java.io.IOException;

/** Local changes of a deployment's {@code /etc}; reads only. */
public final class ConfigDiff {
  private ConfigDiff() {}

  /** How a deployment's {@code /etc} differs from its defaults. */
  public static EtcDiff of(Sysroot sysroot, DeploymentName name) throws IOException {
    try (Fd root = Fs.openDir(sysroot.root(), name.path());
        Fd defaults = Fs.openDir(root, "usr/etc");
        Fd local = Fs.openDir(root, "etc")) {
      return EtcDiff.of(defaults, local);
    }
  }

  /**
   * What a merge into another tree would do.
   *
   * @param name the deployment whose changes are carried over
   * @param fresh the new tree's defaults, its {@code usr/etc}
   */
  public static EtcMergePlan preview(Sysroot sysroot, DeploymentName name, Fd fresh)
      throws IOException {
    try (Fd root = Fs.openDir(sysroot.root(), name.path());
        Fd defaults = Fs.openDir(root, "usr/etc");
        Fd local = Fs.openDir(root, "etc")) {
      return EtcMergePlan.of(defaults, local, fresh);
    }
  }
}
