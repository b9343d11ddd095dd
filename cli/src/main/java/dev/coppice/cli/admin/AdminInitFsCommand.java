package dev.coppice.cli.admin;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.sysroot.deploy.SysrootInit;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code admin init-fs}: prepares a directory as a system root. */
public final class AdminInitFsCommand implements CliCommand {
  @Mixin SysrootOption sysroot = new SysrootOption();

  @Option(names = "--modern", description = "Only create /boot and /ostree")
  boolean modern;

  @Option(
      names = {"-E", "--epoch"},
      paramLabel = "EPOCH",
      description =
          "An integer value, defines initial state. Must be in the range [0-2], inclusive")
  int epoch;

  @Parameters(paramLabel = "PATH", description = "The directory, which must exist")
  String path = "";

  @Override
  public int run(Context context) throws IOException {
    SysrootInit.initFs(context.path(path), modern && epoch == 0 ? 1 : epoch);
    return ExitCodes.OK;
  }
}
