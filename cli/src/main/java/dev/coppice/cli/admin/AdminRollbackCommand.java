package dev.coppice.cli.admin;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.sysroot.deploy.Cleanup;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/**
 * {@code admin rollback}: makes the deployment before the current one the default again. Our own
 * addition to ostree's commands.
 */
public final class AdminRollbackCommand implements CliCommand {
  @Mixin SysrootOption sysroot = new SysrootOption();

  @Override
  public int run(Context context) throws IOException {
    try (AdminSession session = AdminSession.changing(sysroot, context)) {
      SysrootState now = session.list().makeDefault(session.list().rollbackIndex());
      new Cleanup(session.sysroot(), now).run(session.events());
      context
          .console()
          .println("Default deployment is now " + now.deployments().getFirst().name().directory());
      return ExitCodes.OK;
    }
  }
}
