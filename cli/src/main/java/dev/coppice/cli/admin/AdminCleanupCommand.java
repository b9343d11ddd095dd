package dev.coppice.cli.admin;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.sysroot.deploy.Cleanup;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** {@code admin cleanup}: removes what no deployment needs. */
public final class AdminCleanupCommand implements CliCommand {
  @Mixin SysrootOption sysroot = new SysrootOption();

  @Override
  public int run(Context context) throws IOException {
    try (AdminSession session = AdminSession.changing(sysroot, context)) {
      new Cleanup(session.sysroot(), session.state()).run(session.events());
      return ExitCodes.OK;
    }
  }
}
