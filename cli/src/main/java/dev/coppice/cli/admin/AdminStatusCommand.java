package dev.coppice.cli.admin;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.sysroot.deploy.Status;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code admin status}: lists deployments. */
public final class AdminStatusCommand implements CliCommand {
  @Mixin SysrootOption sysroot = new SysrootOption();

  @Option(
      names = {"-V", "--verify"},
      description = "Print the commit verification status")
  boolean verify;

  @Option(
      names = {"-J", "--json"},
      description = "Emit JSON")
  boolean json;

  @Option(
      names = {"-S", "--skip-signatures"},
      description = "Skip signatures in output")
  boolean skipSignatures;

  @Option(
      names = {"-D", "--is-default"},
      description =
          "Output \"default\" if booted into the default deployment, otherwise \"not-default\"")
  boolean isDefault;

  @Override
  public int run(Context context) throws IOException {
    try (AdminSession session = AdminSession.reading(sysroot, context)) {
      SysrootState state = session.state();
      if (isDefault && !json) {
        context.console().println(defaultWord(state));
        return ExitCodes.OK;
      }
      List<Status> deployments = Status.of(session.sysroot().repo(), state);
      if (json) {
        new StatusJson(context.console().out()).print(deployments);
      } else if (deployments.isEmpty()) {
        context.console().println("No deployments.");
      } else {
        var text = new StatusText(context.console(), !skipSignatures, verify);
        deployments.forEach(text::print);
      }
      return ExitCodes.OK;
    }
  }

  private static String defaultWord(SysrootState state) {
    if (state.deployments().isEmpty()) {
      throw new Failure(
          ErrorCode.DEPLOYMENT_INVALID,
          "Not in a booted OSTree system",
          "The system root has no deployments.");
    }
    return state.isBooted(state.deployments().getFirst()) ? "default" : "not-default";
  }
}
