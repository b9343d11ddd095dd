package dev.coppice.sysroot.deploy;

import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.sysroot.DeploymentName;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.SysrootFlag;
import dev.coppice.sysroot.etcmerge.EtcMerge;
import dev.coppice.sysroot.etcmerge.EtcMergePlan;
import dev.coppice.sysroot.etcmerge.FileCopy;
import java.io.IOException;
import java.util.function.Consumer;

/** Carries local changes of {@code /etc} over to a new deployment. */
final class EtcTakeover {
  private final Sysroot sysroot;
  private final Consumer<SysrootEvent> events;

  EtcTakeover(Sysroot sysroot, Consumer<SysrootEvent> events) {
    this.sysroot = sysroot;
    this.events = events;
  }

  /** Carries them over; returns what was done. */
  EtcMergePlan run(DeploymentName from, Fd newRoot) throws IOException {
    try (Fd oldRoot = Fs.openDir(sysroot.root(), from.path());
        Fd defaults = Fs.openDir(oldRoot, "usr/etc");
        Fd local = Fs.openDir(oldRoot, "etc");
        Fd fresh = Fs.openDir(newRoot, "etc")) {
      EtcMergePlan plan = EtcMergePlan.of(defaults, local, fresh);
      events.accept(new SysrootEvent.MergingEtc(plan));
      var copy =
          new FileCopy(
              !sysroot.flags().contains(SysrootFlag.NO_XATTRS),
              name -> events.accept(new SysrootEvent.SkippedInEtc(name)));
      new EtcMerge(local, fresh, copy).apply(plan);
      return plan;
    }
  }
}
