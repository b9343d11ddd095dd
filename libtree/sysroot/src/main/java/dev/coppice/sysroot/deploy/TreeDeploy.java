package dev.coppice.sysroot.deploy;

import dev.coppice.core.checkout.Checkout;
import dev.coppice.core.checkout.CheckoutFlag;
import dev.coppice.core.checkout.CheckoutOptions;
import dev.coppice.core.checkout.CheckoutRequest;
import dev.coppice.core.checkout.Linking;
import dev.coppice.core.checkout.Overwrite;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.InodeFlags;
import dev.coppice.posix.OpenFlags;
import dev.coppice.sysroot.BootFiles;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.DeploymentName;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.SysrootFlag;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.sysroot.Unlocked;
import dev.coppice.sysroot.bls.BootEntry;
import dev.coppice.sysroot.boot.KernelLayout;
import dev.coppice.sysroot.boot.KernelSearch;
import dev.coppice.sysroot.label.TreeLabels;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts a tree on disk as a deployment that nothing boots yet: hard links of the objects, a copy of
 * {@code /etc} with local changes merged in, {@code /var} of the stateroot, the origin.
 */
public final class TreeDeploy {
  private final Sysroot sysroot;
  private final SysrootState state;
  private final Consumer<SysrootEvent> events;

  /**
   * A deployment to be made.
   *
   * @param sysroot locked by the caller
   * @param state what is in force, as it was loaded under the lock
   */
  public TreeDeploy(Sysroot sysroot, SysrootState state, Consumer<SysrootEvent> events) {
    this.sysroot = sysroot;
    this.state = state;
    this.events = events;
  }

  /**
   * Makes the deployment. After a failure a part of it may be left, which the next cleanup removes.
   */
  public Deployment run(TreeRequest request) throws IOException {
    return Step.named(
        "Deploying tree",
        () -> {
          Deployment made = Step.named("Initializing deployment", () -> initialize(request));
          return Step.named("Finalizing deployment", () -> complete(made, request.merge()));
        });
  }

  private Deployment initialize(TreeRequest request) throws IOException {
    DeploymentName name = allocate(request.target());
    checkout(name);
    try (Fd root = Fs.openDir(sysroot.root(), name.path())) {
      Step.named(
          "Checking out deployment tree",
          () -> DeploymentImage.write(sysroot.repo(), name.commit(), root));
      BootFiles files;
      try (KernelLayout layout =
          new KernelSearch(root, !sysroot.flags().contains(SysrootFlag.NO_DTB)).run()) {
        files = new BootFiles(layout.checksum(), request.overlays());
      }
      Step.named("Preparing /etc", () -> new EtcPreparation(sysroot, name).run(root));
      new VarPreparation(sysroot, state, events).fill(name, root);
      return new Deployment(
          name, files, entry(request), Optional.of(request.origin()), Unlocked.NONE);
    }
  }

  /** The arguments that were given, or those of the deployment that is followed. */
  private static BootEntry entry(TreeRequest request) {
    Optional<String> options =
        request
            .kernelArgs()
            // Once more through the words, as the real tool passes them from list to line.
            .map(
                args ->
                    dev.coppice.sysroot.kargs.KernelArgs.NONE.appendAll(args.words()).toString())
            .or(() -> request.merge().flatMap(merge -> merge.entry().get(BootEntry.OPTIONS)));
    return options
        .map(line -> BootEntry.EMPTY.with(BootEntry.OPTIONS, line))
        .orElse(BootEntry.EMPTY);
  }

  private DeploymentName allocate(TreeRequest.Target target) throws IOException {
    String stateroot = target.stateroot();
    if (Fs.statIfExists(sysroot.root(), "ostree/deploy/" + stateroot) == null) {
      throw new Failure(
          ErrorCode.SYSROOT_INVALID,
          "No such stateroot: " + stateroot,
          "Make it with 'admin stateroot-init " + stateroot + "'.");
    }
    Fs.mkdirs(sysroot.root(), "ostree/deploy/" + stateroot + "/backing", 0700);
    int serial = DeploymentDirectories.nextSerial(sysroot, stateroot, target.commit());
    return new DeploymentName(stateroot, target.commit(), serial);
  }

  private void checkout(DeploymentName name) throws IOException {
    String parent = DeploymentName.directoryOf(name.stateroot());
    Fs.mkdirs(sysroot.root(), parent, 0775);
    try (Fd directory = Fs.open(sysroot.root(), parent, OpenFlags.O_DIRECTORY, 0)) {
      Fs.removeTreeClearingImmutable(directory, name.directory());
      Checkout.run(
          sysroot.repo(),
          new CheckoutRequest(
              name.commit(),
              "/",
              directory,
              name.directory(),
              CheckoutOptions.DEFAULT.with(CheckoutFlag.PASSTHROUGH_WHITEOUTS)));
    }
  }

  private Deployment complete(Deployment deployment, Optional<Deployment> merge)
      throws IOException {
    DeploymentName name = deployment.name();
    try (Fd root = Fs.openDir(sysroot.root(), name.path())) {
      if (merge.isPresent()) {
        var takeover = new EtcTakeover(sysroot, events);
        Step.named("During /etc merge", () -> takeover.run(merge.get().name(), root));
        Step.named("Finalizing SELinux policy", () -> PolicyRefresh.run(sysroot, name, root));
      }
      // systemd runs units with ConditionNeedsUpdate=/etc while this stamp is missing or old.
      Fs.unlinkIfExists(root, "etc/.updated");
      // From here on by the policy with what local configuration changes in it.
      TreeLabels labels = TreeLabels.of(sysroot, root);
      new VarPreparation(sysroot, state, events).markForUpdate(name, labels);
      makeBacking(name, root, labels);
      if (deployment.origin().isPresent()) {
        OriginFile.write(sysroot, name, deployment.origin().get(), labels, Durability.UNSYNCED);
      }
      if (!sysroot.flags().contains(SysrootFlag.MUTABLE_DEPLOYMENTS)) {
        InodeFlags.setImmutable(root, true);
      }
      return deployment;
    }
  }

  /**
   * Directories beside the deployment for an overlay over its root; what is to be the root has its
   * mode and label.
   */
  private void makeBacking(DeploymentName name, Fd root, TreeLabels labels) throws IOException {
    String overlay = name.backingPath() + "/root-transient";
    Fs.mkdirIfMissing(sysroot.root(), name.backingPath(), 0700);
    Fs.mkdirIfMissing(sysroot.root(), overlay, 0700);
    Fs.mkdirIfMissing(sysroot.root(), overlay + "/work", 0700);
    FileStat stat = Fs.fstat(root);
    if (Fs.mkdirIfMissing(sysroot.root(), overlay + "/upper", stat.permissions())) {
      labels.set(sysroot.root(), overlay + "/upper", "/", stat.mode());
    }
  }

  /** Whether a directory exists and has nothing in it. */
  static boolean isEmpty(Fd directory) throws IOException {
    try (var names = DirStream.open(directory)) {
      return names.next() == null;
    }
  }

  /** A part of a commit, as copies, into an open directory. */
  static CheckoutRequest copyOf(DeploymentName name, String subpath, Fd directory, String target) {
    var options =
        CheckoutOptions.DEFAULT
            .with(Linking.COPY)
            .with(target.equals(".") ? Overwrite.REPLACE_FILES : Overwrite.REFUSE);
    return new CheckoutRequest(name.commit(), subpath, directory, target, options);
  }
}
