package dev.coppice.cli.admin;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.SysrootState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code admin pin}: keeps deployments from being removed when others are added. */
public final class AdminPinCommand implements CliCommand {
  @Mixin SysrootOption sysroot = new SysrootOption();

  @Option(
      names = {"-u", "--unpin"},
      description = "Unset pin")
  boolean unpin;

  @Parameters(
      paramLabel = "INDEX",
      arity = "0..*",
      description = "Places in 'admin status', or booted, pending, rollback")
  List<String> indexes = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (AdminSession session = AdminSession.changing(sysroot, context)) {
      if (indexes.isEmpty()) {
        throw UsageException.withUsage("INDEX must be specified");
      }
      for (String index : indexes) {
        int number = number(session.state(), index);
        boolean changed = session.list().pin(number, !unpin);
        context
            .console()
            .println(
                "Deployment "
                    + number
                    + (changed ? " is now " : " is already ")
                    + (unpin ? "unpinned" : "pinned"));
      }
      return ExitCodes.OK;
    }
  }

  private static int number(SysrootState state, String index) {
    return switch (index) {
      case "booted" -> place(state, state.booted(), index);
      case "pending" -> place(state, state.pending(), index);
      case "rollback" -> place(state, state.rollback(), index);
      default -> DeploymentIndex.parse(index);
    };
  }

  private static int place(SysrootState state, Optional<Deployment> named, String word) {
    return named
        .map(state.deployments()::indexOf)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.DEPLOYMENT_INVALID,
                    "Deployment type not found: " + word,
                    "Name it by its index in 'admin status'."));
  }
}
