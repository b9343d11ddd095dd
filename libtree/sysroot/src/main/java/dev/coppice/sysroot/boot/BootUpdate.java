package dev.coppice.sysroot.boot;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fs;
import dev.coppice.posix.PosixException;
import dev.coppice.sysroot.BootVersion;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.SysrootFlag;
import dev.coppice.sysroot.SysrootState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts a new list of deployments in force, in one step.
 *
 * <p>Where every deployment boots as the one in its place before, only the links change; otherwise
 * new boot entries are written. Nothing that is not needed any more is removed: that is the
 * business of a cleanup.
 */
public final class BootUpdate {
  private final Sysroot sysroot;
  private final Consumer<SysrootEvent> events;

  /**
   * An update.
   *
   * @param sysroot locked by the caller
   */
  public BootUpdate(Sysroot sysroot, Consumer<SysrootEvent> events) {
    this.sysroot = sysroot;
    this.events = events;
  }

  /**
   * Puts a list in force; its deployments are on disk already.
   *
   * @param state what is in force, as it was loaded under the lock
   * @param wanted the new list; the booted deployment must be in it
   * @return the state that is in force now
   */
  public SysrootState run(SysrootState state, List<Deployment> wanted) throws IOException {
    Bootloader.requirePlain(sysroot);
    if (state.staged().isPresent()) {
      throw new Failure(
          ErrorCode.SYSROOT_INVALID,
          "A deployment is staged for the next shutdown, and this build cannot change deployments"
              + " beside one; nothing was changed",
          "Reboot first, or drop it with 'ostree admin undeploy 0' of the real tool.");
    }
    return apply(makeRoom(state, wanted), wanted);
  }

  /**
   * Where /boot is too small for old and new kernels together, gives up the deployments that go
   * anyway before the new ones are written. Only on the system that runs from this root: elsewhere
   * nobody waits for an update to come through.
   */
  private SysrootState makeRoom(SysrootState state, List<Deployment> wanted) throws IOException {
    var space = new BootSpace(sysroot);
    if (state.booted().isEmpty()
        || sysroot.flags().contains(SysrootFlag.NO_EARLY_PRUNE)
        || !space.isSeparate()) {
      return state;
    }
    var cleanup = new BootCleanup(sysroot);
    cleanup.run(state.deployments());
    long needed = space.needed(wanted);
    if (space.fits(needed) || !space.fits(needed - space.unneeded(wanted))) {
      return state;
    }
    Set<String> checksums = new HashSet<>();
    wanted.forEach(each -> checksums.add(each.files().checksum()));
    List<Deployment> common =
        state.deployments().stream()
            .filter(each -> checksums.contains(each.files().checksum()))
            .toList();
    events.accept(new SysrootEvent.PruningBoot(state.deployments().size() - common.size()));
    SysrootState now = apply(state, common);
    cleanup.run(now.deployments());
    return now;
  }

  private SysrootState apply(SysrootState state, List<Deployment> wanted) throws IOException {
    List<Placement> placements = place(wanted);
    boolean newEntries = new EntryComparison(sysroot.repo()).differ(state.deployments(), wanted);
    if (!newEntries && isSame(state.deployments(), wanted)) {
      return state;
    }
    check(state, wanted);
    BootVersion version =
        newEntries ? writeEntries(state, placements) : writeLinks(state, placements);
    events.accept(
        new SysrootEvent.Updated(
            newEntries, version.directory(), wanted.size() - state.deployments().size()));
    sysroot.touch();
    SysrootState now = sysroot.load();
    removeLegacyLinks(now);
    return now;
  }

  private static boolean isSame(List<Deployment> current, List<Deployment> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!current.get(i).name().equals(wanted.get(i).name())) {
        return false;
      }
    }
    return true;
  }

  private static List<Placement> place(List<Deployment> deployments) {
    var placements = new ArrayList<Placement>();
    Map<String, Integer> serials = new HashMap<>();
    for (Deployment deployment : deployments) {
      int serial = serials.merge(deployment.files().checksum(), 1, Integer::sum) - 1;
      placements.add(new Placement(deployment, placements.size(), serial));
    }
    return placements;
  }

  private void check(SysrootState state, List<Deployment> wanted) throws IOException {
    for (Deployment deployment : wanted) {
      if (Fs.statIfExists(sysroot.root(), deployment.name().path()) == null) {
        throw new Failure(
            ErrorCode.DEPLOYMENT_INVALID,
            "Unable to find expected deployment root: "
                + sysroot.path().resolve(deployment.name().path()),
            "Somebody has removed the directory of a deployment; deploy that commit again.");
      }
    }
    if (state.booted().isPresent() && wanted.stream().noneMatch(state::isBooted)) {
      throw new Failure(
          ErrorCode.DEPLOYMENT_INVALID,
          "Attempting to remove booted deployment",
          "Boot another deployment first.");
    }
  }

  /** Changes links only; the entries stay as they are. */
  private BootVersion writeLinks(SysrootState state, List<Placement> placements)
      throws IOException {
    var links = new Links(sysroot);
    BootVersion version = links.free(state, state.version().version());
    links.write(version, placements);
    new BootSync(sysroot).everything();
    links.activate(version);
    return version;
  }

  private BootVersion writeEntries(SysrootState state, List<Placement> placements)
      throws IOException {
    new BootSpace(sysroot).require(placements.stream().map(Placement::deployment).toList());
    int bootVersion = 1 - state.version().version();
    String loader = "loader." + bootVersion;
    Fs.removeTree(sysroot.boot(), loader + "/entries");
    Fs.mkdirs(sysroot.boot(), loader + "/entries", 0755);
    var install = new BootInstall(sysroot, bootVersion, EntryText.of(sysroot.repo(), placements));
    for (Placement placement : placements) {
      install.install(placement);
    }
    var links = new Links(sysroot);
    BootVersion version = links.free(state, bootVersion);
    links.write(version, placements);
    links.activate(version);
    linkBootIntoItself();
    Links.replace(loader, sysroot.boot(), "loader.tmp");
    var sync = new BootSync(sysroot);
    sync.everything();
    // The one step: before it the old entries boot, after it the new ones.
    Fs.rename(sysroot.boot(), "loader.tmp", sysroot.boot(), "loader");
    sync.boot();
    return version;
  }

  /** So that paths with and without {@code /boot} work, whether or not it is a mount. */
  private void linkBootIntoItself() throws IOException {
    try {
      Fs.symlink(".", sysroot.boot(), "boot");
    } catch (PosixException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
  }

  /** Programs of long ago followed {@code /ostree/deploy/STATEROOT/current}. */
  private void removeLegacyLinks(SysrootState state) throws IOException {
    for (Deployment deployment : state.deployments()) {
      String link = "ostree/deploy/" + deployment.name().stateroot() + "/current";
      Fs.unlinkIfExists(sysroot.root(), link);
    }
  }
}
