package dev.coppice.cli.admin;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.sysroot.deploy.ConfigDiff;
import dev.coppice.sysroot.etcmerge.EtcChange;
import dev.coppice.sysroot.etcmerge.EtcDiff;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code admin config-diff}: shows how /etc differs from its defaults. */
public final class AdminConfigDiffCommand implements CliCommand {
  @Mixin SysrootOption sysroot = new SysrootOption();

  @Mixin JsonOption json = new JsonOption();

  @Option(
      names = "--os",
      paramLabel = "STATEROOT",
      description = "Use a different operating system root than the current one")
  @Nullable String stateroot;

  @Override
  public int run(Context context) throws IOException {
    try (AdminSession session = AdminSession.reading(sysroot, context)) {
      EtcDiff diff = ConfigDiff.of(session.sysroot(), deployment(session.state()).name());
      if (json.json()) {
        print(json.writer(context), diff);
      } else {
        for (EtcChange change : diff.all()) {
          context.console().println(change.kind().letter() + "    " + change.path());
        }
      }
      return ExitCodes.OK;
    }
  }

  private Deployment deployment(SysrootState state) {
    if (stateroot != null) {
      return state
          .merge(stateroot)
          .orElseThrow(
              () ->
                  new Failure(
                      ErrorCode.DEPLOYMENT_INVALID,
                      "No deployment for OS '" + stateroot + "'",
                      "'admin status' lists the deployments there are."));
    }
    return state
        .booted()
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.USAGE,
                    "Not currently booted into an OSTree system and no --os= argument given",
                    "Name the stateroot with --os."));
  }

  private static void print(JsonWriter writer, EtcDiff diff) {
    writer.object();
    writer.field("modified", paths(diff.modified()));
    writer.field("removed", paths(diff.removed()));
    writer.field("added", paths(diff.added()));
    writer.end();
  }

  private static List<String> paths(List<EtcChange> changes) {
    return changes.stream().map(EtcChange::path).toList();
  }
}
