package dev.coppice.cli.admin;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sysroot.Origin;
import dev.coppice.sysroot.deploy.Deploy;
import dev.coppice.sysroot.deploy.DeployRequest;
import dev.coppice.sysroot.deploy.KernelArgChanges;
import dev.coppice.sysroot.deploy.Retention;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code admin deploy}: deploys a commit of the system root's repository. */
public final class AdminDeployCommand implements CliCommand {
  @Mixin SysrootOption sysroot = new SysrootOption();

  @Option(
      names = {"--os", "--stateroot"},
      paramLabel = "STATEROOT",
      description = "Target the provided stateroot instead of the current one")
  @Nullable String stateroot;

  @Option(names = "--origin-file", paramLabel = "FILE", description = "Specify origin file")
  @Nullable String originFile;

  @Option(names = "--no-prune", description = "Don't prune the repo when done")
  boolean noPrune;

  @Option(
      names = "--no-merge",
      description = "Do not apply configuration (/etc and kernel arguments) from booted deployment")
  boolean noMerge;

  @Option(names = "--retain", description = "Do not delete previous deployments")
  boolean retain;

  @Option(names = "--stage", description = "Complete deployment at OS shutdown")
  boolean stage;

  @Option(
      names = "--lock-finalization",
      description = "Prevent automatic deployment finalization on shutdown")
  boolean lockFinalization;

  @Option(names = "--retain-pending", description = "Do not delete pending deployments")
  boolean retainPending;

  @Option(names = "--retain-rollback", description = "Do not delete rollback deployments")
  boolean retainRollback;

  @Option(names = "--not-as-default", description = "Append rather than prepend new deployment")
  boolean notAsDefault;

  @Mixin KernelArgOptions kernelArgs = new KernelArgOptions();

  @Option(
      names = "--overlay-initrd",
      paramLabel = "FILE",
      description = "Overlay initramfs file, can be used multiple times")
  List<String> overlays = new ArrayList<>();

  @Parameters(paramLabel = "REFSPEC", arity = "0..1", description = "What to deploy")
  @Nullable String refspec;

  @Override
  public int run(Context context) throws IOException {
    try (AdminSession session = AdminSession.changing(sysroot, context)) {
      if (refspec == null) {
        throw UsageException.withUsage("REF/REV must be specified");
      }
      KernelArgChanges changes = kernelArgs.changes(noMerge);
      refuseStaging(session);
      var request =
          new DeployRequest(
              refspec,
              Optional.ofNullable(stateroot),
              origin(context),
              changes,
              retention(),
              overlays.stream().map(context::path).toList(),
              flags());
      Deploy.run(session.sysroot(), session.state(), request, session.events());
      return ExitCodes.OK;
    }
  }

  /** Staging is finished by a service at shutdown, which this build does not have. */
  private void refuseStaging(AdminSession session) {
    if (!stage && !lockFinalization) {
      return;
    }
    if (retainPending || retainRollback) {
      throw UsageException.messageOnly(
          "--stage cannot currently be combined with --retain arguments");
    }
    if (notAsDefault) {
      throw UsageException.messageOnly(
          "--stage cannot currently be combined with --not-as-default");
    }
    if (session.state().booted().isEmpty()) {
      throw new Failure(
          ErrorCode.USAGE,
          "Staging deployment: Cannot stage deployment: Not currently booted into an OSTree system",
          "Leave out --stage.");
    }
    throw new Failure(
        ErrorCode.USAGE,
        "--stage and --lock-finalization are not part of this build; nothing was changed",
        "Leave them out to deploy at once.");
  }

  private Optional<Origin> origin(Context context) throws IOException {
    return originFile == null
        ? Optional.empty()
        : Optional.of(new Origin(KeyFile.read(context.path(originFile))));
  }

  private Retention retention() {
    Set<Retention.Keep> keep = EnumSet.noneOf(Retention.Keep.class);
    if (retain) {
      keep.add(Retention.Keep.ALL);
    }
    if (retainPending) {
      keep.add(Retention.Keep.PENDING);
    }
    if (retainRollback) {
      keep.add(Retention.Keep.ROLLBACK);
    }
    return new Retention(
        keep, notAsDefault ? Retention.Position.AFTER_BOOTED : Retention.Position.FIRST);
  }

  private Set<DeployRequest.Flag> flags() {
    Set<DeployRequest.Flag> flags = EnumSet.noneOf(DeployRequest.Flag.class);
    if (noMerge) {
      flags.add(DeployRequest.Flag.NO_MERGE);
    }
    if (noPrune) {
      flags.add(DeployRequest.Flag.NO_PRUNE);
    }
    return flags;
  }
}
