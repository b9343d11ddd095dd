package dev.coppice.sysroot.deploy;

import dev.coppice.core.checkout.Checkout;
import dev.coppice.core.io.Durability;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import dev.coppice.sysroot.AtomicFile;
import dev.coppice.sysroot.DeploymentName;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.sysroot.label.TreeLabels;
import java.io.IOException;
import java.util.function.Consumer;

/** Looks after {@code /var} of a stateroot when a deployment is added to it. */
final class VarPreparation {
  /** Says that {@code /var} was labelled once; written where there is no policy, too. */
  private static final String LABELLED = "var/.ostree-selabeled";

  private final Sysroot sysroot;
  private final SysrootState state;
  private final Consumer<SysrootEvent> events;

  VarPreparation(Sysroot sysroot, SysrootState state, Consumer<SysrootEvent> events) {
    this.sysroot = sysroot;
    this.state = state;
    this.events = events;
  }

  /** Copies {@code /var} of the tree into that of the stateroot, where that has nothing yet. */
  void fill(DeploymentName name, Fd root) throws IOException {
    if (Fs.statIfExists(root, "var") == null) {
      return;
    }
    String path = "ostree/deploy/" + name.stateroot() + "/var";
    try (Fd var = Fs.openDir(sysroot.root(), path)) {
      if (TreeDeploy.isEmpty(var)) {
        Checkout.run(sysroot.repo(), TreeDeploy.copyOf(name, "/var", var, "."));
        if (Fs.statIfExists(root, "usr/lib/tmpfiles.d") == null) {
          makeTraditional(var);
        }
      }
    }
  }

  /** What systemd-tmpfiles would make, for systems without it. */
  private static void makeTraditional(Fd var) throws IOException {
    Fs.mkdirIfMissing(var, "tmp", 0777);
    Fs.chmodAt(var, "tmp", 01777);
    Fs.mkdirIfMissing(var, "lib", 0777);
    Fs.mkdirIfMissing(var, "log", 0755);
    linkIfMissing("../run", var, "run");
    linkIfMissing("../run/lock", var, "lock");
  }

  private static void linkIfMissing(String target, Fd directory, String name) throws IOException {
    try {
      Fs.symlink(target, directory, name);
    } catch (PosixException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
  }

  /**
   * Removes systemd's stamp, so that its units for updates run; labels {@code /var} of a stateroot
   * that has never been labelled.
   */
  void markForUpdate(DeploymentName name, TreeLabels labels) throws IOException {
    String stateroot = "ostree/deploy/" + name.stateroot();
    try (Fd directory = Fs.openDir(sysroot.root(), stateroot);
        Fd var = openVar(name, directory)) {
      Fs.unlinkIfExists(var, ".updated");
      if (Fs.statIfExists(directory, LABELLED) == null) {
        events.accept(new SysrootEvent.RelabellingVar());
        try (Fd own = Fs.openDir(directory, "var")) {
          labels.setAll(own, "/var");
        }
        AtomicFile.replace(
            directory,
            LABELLED,
            new byte[0],
            Durability.SYNCED,
            file -> labels.set(file, "/" + LABELLED, 0644));
      }
    }
  }

  /** The running system's /var where it is this stateroot's: it may be a mount of its own. */
  private Fd openVar(DeploymentName name, Fd stateroot) throws IOException {
    boolean running =
        state.booted().filter(each -> each.name().stateroot().equals(name.stateroot())).isPresent();
    return running
        ? Fs.open(Fd.CWD, sysroot.host().root().resolve("var").toString(), OpenFlags.O_DIRECTORY, 0)
        : Fs.open(stateroot, "var", OpenFlags.O_DIRECTORY, 0);
  }
}
