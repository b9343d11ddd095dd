package dev.coppice.sysroot.deploy;

import dev.coppice.core.checkout.Checkout;
import dev.coppice.core.checkout.CheckoutHooks;
import dev.coppice.core.checkout.CheckoutRequest;
import dev.coppice.core.checkout.Labels;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.sysroot.DeploymentName;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.label.TreeLabels;
import java.io.IOException;

/** Makes {@code /etc} of a new deployment from its defaults in {@code /usr/etc}. */
final class EtcPreparation {
  private final Sysroot sysroot;
  private final DeploymentName name;

  EtcPreparation(Sysroot sysroot, DeploymentName name) {
    this.sysroot = sysroot;
    this.name = name;
  }

  /** Makes it; returns whether the tree has any configuration. */
  boolean run(Fd root) throws IOException {
    boolean defaults = Fs.statIfExists(root, "usr/etc") != null;
    try (Fd etc = Fs.openIfExists(root, "etc", OpenFlags.O_DIRECTORY)) {
      if (etc != null && !TreeDeploy.isEmpty(etc)) {
        if (defaults) {
          throw new Failure(
              ErrorCode.ETC_CONFLICT,
              "Tree contains both /etc and /usr/etc",
              "A tree has its configuration in /usr/etc only.");
        }
        // Trees of long ago: what they have is the defaults.
        Fs.rename(root, "etc", root, "usr/etc");
        defaults = true;
      } else if (etc != null && defaults) {
        Fs.rmdir(root, "etc");
      }
    }
    if (defaults) {
      Labels labels = TreeLabels.of(sysroot, root).forCheckout();
      CheckoutRequest copies = TreeDeploy.copyOf(name, "/usr/etc", root, "etc");
      Checkout.run(
          sysroot.repo(),
          copies.with(copies.options().with(CheckoutHooks.labelling(labels, "/etc"))));
    }
    return defaults;
  }
}
