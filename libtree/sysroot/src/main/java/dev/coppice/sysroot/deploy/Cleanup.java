package dev.coppice.sysroot.deploy;

import dev.coppice.core.prune.Prune;
import dev.coppice.core.prune.PruneRequest;
import dev.coppice.core.prune.PruneResult;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.RefUpdate;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.tree.Reachable;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.InodeFlags;
import dev.coppice.sysroot.BootVersion;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.DeploymentName;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.sysroot.boot.BootCleanup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Removes what no deployment needs: leftovers of interrupted work, boot entries and kernels that
 * are not in force, deployments that are in no list, objects that nothing reaches.
 */
public final class Cleanup {
  private final Sysroot sysroot;
  private final SysrootState state;

  /**
   * A cleanup.
   *
   * @param sysroot locked by the caller
   * @param state what is in force, as it was loaded under the lock
   */
  public Cleanup(Sysroot sysroot, SysrootState state) {
    this.sysroot = sysroot;
    this.state = state;
  }

  /** Removes everything but objects, and points the refs at the deployments there are. */
  public void withoutPrune() throws IOException {
    removeOtherBootVersions();
    removeOldDeployments();
    new BootCleanup(sysroot).run(state.deployments());
    writeRefs();
  }

  /** {@link #withoutPrune}, then deletes objects that no ref and no deployment reaches. */
  public void run(Consumer<SysrootEvent> events) throws IOException {
    withoutPrune();
    var request =
        new PruneRequest(
            new PruneRequest.Roots.Refs(),
            0,
            Reachable.Extent.EVERYTHING,
            Optional.empty(),
            PruneRequest.Action.DELETE);
    PruneResult result = new Prune(sysroot.repo()).run(request, event -> {});
    if (result.pruned() > 0) {
      events.accept(new SysrootEvent.Pruned(result.pruned(), result.freedBytes()));
    }
  }

  // ---- boot versions

  private void removeOtherBootVersions() throws IOException {
    BootVersion used = state.version();
    int other = 1 - used.version();
    Fs.removeTree(sysroot.root(), "boot/loader." + other);
    Fs.removeTree(sysroot.root(), "ostree/boot." + other);
    Fs.removeTree(sysroot.root(), "ostree/" + new BootVersion(other, 0).directory());
    Fs.removeTree(sysroot.root(), "ostree/" + new BootVersion(other, 1).directory());
    Fs.removeTree(
        sysroot.root(), "ostree/" + new BootVersion(used.version(), 1 - used.sub()).directory());
  }

  // ---- deployments

  private void removeOldDeployments() throws IOException {
    Set<DeploymentName> active = new HashSet<>();
    state.deployments().forEach(each -> active.add(each.name()));
    for (DeploymentName name : DeploymentDirectories.all(sysroot)) {
      if (!active.contains(name)) {
        remove(name);
      }
    }
  }

  private void remove(DeploymentName name) throws IOException {
    try (Fd directory = Fs.openDir(sysroot.root(), name.path())) {
      if (Fs.fstat(directory).isSameFile(Fs.statFollow(Fd.CWD, sysroot.host().root().toString()))) {
        return; // never the ground under our feet
      }
      InodeFlags.setImmutable(directory, false);
    }
    // The directory last: as long as it is there, the next cleanup finds the rest.
    Fs.removeTree(sysroot.root(), name.backingPath());
    Fs.removeTree(sysroot.root(), name.originPath());
    Fs.removeTree(sysroot.root(), name.path());
  }

  // ---- refs

  /** One ref a deployment, so that no prune of any tool deletes what is deployed. */
  private void writeRefs() throws IOException {
    Repo repo = sysroot.repo();
    BootVersion used = state.version();
    List<RefUpdate> updates = new ArrayList<>();
    for (Deployment deployment : state.deployments()) {
      String name = "ostree/" + used.version() + "/" + used.sub() + "/" + updates.size();
      updates.add(RefUpdate.set(RefSpec.local(name), deployment.name().commit()));
    }
    try (Transaction transaction = repo.begin()) {
      transaction.publish(updates);
    }
    // Only now: whenever this is interrupted, each deployed commit has a ref.
    for (int version = 0; version < 2; version++) {
      for (int sub = 0; sub < 2; sub++) {
        if (version != used.version() || sub != used.sub()) {
          deleteRefs(repo, new BootVersion(version, sub));
        }
      }
    }
  }

  private static void deleteRefs(Repo repo, BootVersion version) throws IOException {
    RefName prefix = RefName.of("ostree/" + version.version() + "/" + version.sub());
    for (RefSpec ref : repo.refs().names(RefPrefix.at(new RefSpec.Local(prefix)))) {
      repo.refs().delete(ref);
    }
  }
}
