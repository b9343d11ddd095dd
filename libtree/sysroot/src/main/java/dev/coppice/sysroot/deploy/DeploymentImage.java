package dev.coppice.sysroot.deploy;

import dev.coppice.core.composefs.FileDigests;
import dev.coppice.core.composefs.ImageCheckout;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.Fd;
import java.io.IOException;

/**
 * Writes the composefs image of a deployment into it. Each deployment has one, because whether a
 * system boots from it is decided at boot. Source: {@code checkout_deployment_tree}.
 */
final class DeploymentImage {
  /** Source: {@code OSTREE_COMPOSEFS_NAME}. */
  static final String NAME = ".ostree.cfs";

  private DeploymentImage() {}

  /**
   * Writes it; returns its fs-verity digest.
   *
   * @param root the deployment, checked out
   */
  static Checksum write(Repo repo, Checksum commit, Fd root) throws IOException {
    // A digest that nothing enforces would keep an image from being mounted where nothing asks.
    FileDigests digests =
        RootSettings.read(root).verity() ? FileDigests.ALL : FileDigests.WHERE_ENFORCED;
    return ImageCheckout.run(repo, new ImageCheckout.Request(commit, digests, root, NAME));
  }
}
