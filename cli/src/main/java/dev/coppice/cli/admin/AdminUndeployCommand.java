package dev.coppice.cli.admin;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.sysroot.deploy.Cleanup;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code admin undeploy}: removes one deployment. */
public final class AdminUndeployCommand implements CliCommand {
  @Mixin SysrootOption sysroot = new SysrootOption();

  @Parameters(paramLabel = "INDEX", arity = "0..1", description = "Its place in 'admin status'")
  @Nullable String index;

  @Override
  public int run(Context context) throws IOException {
    try (AdminSession session = AdminSession.changing(sysroot, context)) {
      if (index == null) {
        throw UsageException.withUsage("INDEX must be specified");
      }
      int number = DeploymentIndex.parse(index);
      Deployment removed = session.list().get(number);
      SysrootState now = session.list().remove(number);
      new Cleanup(session.sysroot(), now).run(session.events());
      context.console().println("Deleted deployment " + removed.name().directory());
      return ExitCodes.OK;
    }
  }
}
