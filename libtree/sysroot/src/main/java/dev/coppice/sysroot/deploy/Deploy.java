package dev.coppice.sysroot.deploy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.Origin;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.sysroot.boot.BootUpdate;
import dev.coppice.sysroot.boot.Bootloader;
import dev.coppice.sysroot.kargs.KernelArgs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Deploys a revision: puts its tree on disk and makes it boot, then removes what is old. */
public final class Deploy {
  private final Sysroot sysroot;
  private final Consumer<SysrootEvent> events;

  private Deploy(Sysroot sysroot, Consumer<SysrootEvent> events) {
    this.sysroot = sysroot;
    this.events = events;
  }

  /**
   * Deploys.
   *
   * @param sysroot locked by the caller
   * @param state what is in force, as it was loaded under the lock
   */
  public static DeployResult run(
      Sysroot sysroot, SysrootState state, DeployRequest request, Consumer<SysrootEvent> events)
      throws IOException {
    return new Deploy(sysroot, events).run(state, request);
  }

  private DeployResult run(SysrootState state, DeployRequest request) throws IOException {
    Bootloader.requirePlain(sysroot);
    String stateroot = stateroot(state, request);
    SysrootInit.checkStateroot(stateroot);
    Checksum commit = sysroot.repo().resolve(request.rev());
    Optional<Deployment> merge =
        request.flags().contains(DeployRequest.Flag.NO_MERGE)
            ? Optional.empty()
            : state.merge(stateroot);
    new Cleanup(sysroot, state).withoutPrune();
    Optional<KernelArgs> args = request.kernelArgs().apply(merge);
    var tree =
        new TreeRequest(
            new TreeRequest.Target(stateroot, commit),
            request.origin().orElseGet(() -> Origin.ofRefspec(request.rev())),
            merge,
            args,
            stage(request.overlays()));
    Deployment added = new TreeDeploy(sysroot, state, events).run(tree);
    SysrootState now =
        new BootUpdate(sysroot, events).run(state, request.retention().list(state, added, merge));
    var cleanup = new Cleanup(sysroot, now);
    if (request.flags().contains(DeployRequest.Flag.NO_PRUNE)) {
      cleanup.withoutPrune();
    } else {
      cleanup.run(events);
    }
    return new DeployResult(now.find(added.name()).orElse(added), now);
  }

  private static String stateroot(SysrootState state, DeployRequest request) {
    return request
        .stateroot()
        .or(() -> state.booted().map(each -> each.name().stateroot()))
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.USAGE,
                    "Looking for booted deployment: Not currently booted into an OSTree system and"
                        + " no --os= argument given",
                    "Name the stateroot with --os."));
  }

  private List<String> stage(List<Path> overlays) throws IOException {
    var checksums = new ArrayList<String>();
    for (Path overlay : overlays) {
      checksums.add(OverlayStaging.stage(sysroot.host().stagedInitrds(), overlay));
    }
    return checksums;
  }
}
