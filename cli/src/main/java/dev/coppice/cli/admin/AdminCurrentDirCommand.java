package dev.coppice.cli.admin;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sysroot.SysrootState;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code admin --print-current-dir}: prints the directory of the default deployment. */
public final class AdminCurrentDirCommand implements CliCommand {
  /** The option that stands in the place of a command. */
  public static final String OPTION = "--print-current-dir";

  @Mixin SysrootOption sysroot = new SysrootOption();

  @Option(
      names = OPTION,
      hidden = true,
      description = "Print the directory of the default deployment")
  boolean print;

  @Override
  public int run(Context context) throws IOException {
    try (AdminSession session = AdminSession.reading(sysroot, context)) {
      SysrootState state = session.state();
      if (state.deployments().isEmpty()) {
        throw new Failure(
            ErrorCode.DEPLOYMENT_INVALID,
            "Unable to find a deployment in sysroot",
            "Deploy something with 'admin deploy'.");
      }
      String path = state.deployments().getFirst().name().path();
      context
          .console()
          .println(session.sysroot().path().toAbsolutePath().normalize().resolve(path).toString());
      return ExitCodes.OK;
    }
  }
}
