package dev.coppice.sysroot;

import dev.coppice.sysroot.bls.BootEntry;
import dev.coppice.sysroot.kargs.KernelArgs;
import java.util.Optional;

/**
 * A tree on disk that can be booted. Its index is its place in {@link SysrootState#deployments}.
 *
 * @param name what tells it from the others
 * @param files what it boots from
 * @param entry its boot entry; without files and index for one that is not yet in the list
 * @param origin where it comes from
 * @param unlocked whether it was made writable
 */
public record Deployment(
    DeploymentName name,
    BootFiles files,
    BootEntry entry,
    Optional<Origin> origin,
    Unlocked unlocked) {

  /** Whether it is kept until somebody removes it by its index. */
  public boolean isPinned() {
    return origin.filter(Origin::isPinned).isPresent();
  }

  /** The kernel arguments of its entry. */
  public KernelArgs kernelArgs() {
    return KernelArgs.parse(entry.get(BootEntry.OPTIONS).orElse(null));
  }

  /** This deployment with another entry. */
  public Deployment withEntry(BootEntry changed) {
    return new Deployment(name, files, changed, origin, unlocked);
  }

  /** This deployment with another origin. */
  public Deployment withOrigin(Origin changed) {
    return new Deployment(name, files, entry, Optional.of(changed), unlocked);
  }
}
