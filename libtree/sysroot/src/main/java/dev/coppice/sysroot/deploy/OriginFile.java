package dev.coppice.sysroot.deploy;

import dev.coppice.core.io.Durability;
import dev.coppice.sysroot.AtomicFile;
import dev.coppice.sysroot.DeploymentName;
import dev.coppice.sysroot.Origin;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.label.TreeLabels;
import java.io.IOException;

/** Writes where a deployment came from into the file beside it. */
final class OriginFile {
  /**
   * Policies know nothing of origins: they are labelled like the configuration of remotes, which
   * they resemble. Source: {@code write_origin_file_internal}.
   */
  private static final String LABELLED_AS = "/etc/ostree/remotes.d/dummy.conf";

  private static final int MODE = 0644;

  private OriginFile() {}

  static void write(
      Sysroot sysroot, DeploymentName name, Origin origin, TreeLabels labels, Durability durability)
      throws IOException {
    AtomicFile.replace(
        sysroot.root(),
        name.originPath(),
        origin.file().bytes(),
        durability,
        file -> labels.set(file, LABELLED_AS, MODE));
  }
}
