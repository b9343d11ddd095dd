package dev.coppice.sysroot.deploy;

import dev.coppice.sysroot.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A revision to deploy.
 *
 * @param rev a ref or commit of the sysroot's repository
 * @param stateroot where to; empty: that of the booted deployment
 * @param origin where the deployment is to come from; empty: the ref
 * @param kernelArgs changes of the kernel arguments
 * @param retention which deployments stay and where the new one goes
 * @param overlays ram disks to lay over the initramfs
 * @param flags the rest
 */
public record DeployRequest(
    String rev,
    Optional<String> stateroot,
    Optional<Origin> origin,
    KernelArgChanges kernelArgs,
    Retention retention,
    List<Path> overlays,
    Set<Flag> flags) {

  /** Things that are done only when asked. */
  public enum Flag {
    /** Neither /etc nor kernel arguments are taken over. */
    NO_MERGE,
    /** Objects that became unneeded stay in the repository. */
    NO_PRUNE
  }

  /** Copies the collections. */
  public DeployRequest {
    overlays = List.copyOf(overlays);
    flags = Set.copyOf(flags);
  }

  /** A revision to deploy in a stateroot as the new default, all else as usual. */
  public static DeployRequest of(String rev, String stateroot) {
    return new DeployRequest(
        rev,
        Optional.of(stateroot),
        Optional.empty(),
        KernelArgChanges.NONE,
        Retention.DEFAULT,
        List.of(),
        Set.of());
  }
}
