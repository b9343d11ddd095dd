package dev.coppice.sysroot.deploy;

import dev.coppice.core.object.Checksum;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.Origin;
import dev.coppice.sysroot.kargs.KernelArgs;
import java.util.List;
import java.util.Optional;

/**
 * A tree to put on disk as a deployment.
 *
 * @param target where
 * @param origin where it comes from
 * @param merge whose /etc is carried over, and whose kernel arguments where none are given
 * @param kernelArgs arguments instead of those
 * @param overlays checksums of staged ram disks to lay over the initramfs
 */
public record TreeRequest(
    Target target,
    Origin origin,
    Optional<Deployment> merge,
    Optional<KernelArgs> kernelArgs,
    List<String> overlays) {

  /**
   * Which commit in which stateroot.
   *
   * @param stateroot the stateroot, which must exist
   * @param commit a commit of the sysroot's repository
   */
  public record Target(String stateroot, Checksum commit) {}

  /** Copies the list. */
  public TreeRequest {
    overlays = List.copyOf(overlays);
  }
}
