package dev.coppice.sysroot.deploy;

import dev.coppice.core.object.Checksum;
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
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.InodeFlags;
import dev.coppice.posix.OpenFlags;
import dev.coppice.sysroot.BootVersion;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.DeploymentName;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.SysrootState;
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
  private static final String OVERLAYS = "ostree/initramfs-overlays";
  private static final int CHECKSUM_DIGITS = 64;

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
    removeUnusedBootFiles();
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

  // ---- /boot

  /** Removes kernels and overlays that no deployment boots from. */
  void removeUnusedBootFiles() throws IOException {
    if (!sysroot.hasBoot()) {
      return;
    }
    Set<String> checksums = new HashSet<>();
    Set<String> overlays = new HashSet<>();
    for (Deployment deployment : state.deployments()) {
      checksums.add(deployment.files().checksum());
      deployment.files().overlays().forEach(each -> overlays.add(each + ".img"));
    }
    removeEntries("ostree", entry -> entry.isDirectory() && isUnused(entry.name(), checksums));
    removeEntries(OVERLAYS, entry -> entry.isRegular() && !overlays.contains(entry.name()));
  }

  private static boolean isUnused(String directory, Set<String> checksums) {
    int dash = directory.lastIndexOf('-');
    String checksum = directory.substring(dash + 1);
    return dash >= 0
        && checksum.length() == CHECKSUM_DIGITS
        && Checksum.isHex(checksum)
        && !checksums.contains(checksum);
  }

  private void removeEntries(String path, java.util.function.Predicate<DirEntry> unused)
      throws IOException {
    try (Fd directory = Fs.openIfExists(sysroot.boot(), path, OpenFlags.O_DIRECTORY)) {
      if (directory != null) {
        for (DirEntry entry : DirStream.list(directory)) {
          if (unused.test(entry)) {
            Fs.removeTree(directory, entry.name());
          }
        }
      }
    }
  }

  // ---- refs

  /** One ref a deployment, so that no prune of any tool deletes what is deployed. */
  private void writeRefs() throws IOException {
    Repo repo = sysroot.repo();
    BootVersion used = state.version();
    for (int version = 0; version < 2; version++) {
      for (int sub = 0; sub < 2; sub++) {
        if (version != used.version() || sub != used.sub()) {
          deleteRefs(repo, new BootVersion(version, sub));
        }
      }
    }
    List<RefUpdate> updates = new ArrayList<>();
    for (Deployment deployment : state.deployments()) {
      String name = "ostree/" + used.version() + "/" + used.sub() + "/" + updates.size();
      updates.add(RefUpdate.set(RefSpec.local(name), deployment.name().commit()));
    }
    try (Transaction transaction = repo.begin()) {
      transaction.publish(updates);
    }
  }

  private static void deleteRefs(Repo repo, BootVersion version) throws IOException {
    RefName prefix = RefName.of("ostree/" + version.version() + "/" + version.sub());
    for (RefSpec ref : repo.refs().names(RefPrefix.at(new RefSpec.Local(prefix)))) {
      repo.refs().delete(ref);
    }
  }
}
