package dev.coppice.cli.admin;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.sysroot.deploy.SysrootInit;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code admin stateroot-init} and {@code os-init}: makes a stateroot. */
public final class AdminStaterootInitCommand implements CliCommand {
  @Mixin SysrootOption sysroot = new SysrootOption();

  @Parameters(paramLabel = "STATEROOT", arity = "0..1", description = "Its name")
  @Nullable String stateroot;

  @Override
  public int run(Context context) throws IOException {
    try (AdminSession session = AdminSession.changing(sysroot, context)) {
      SysrootInit.ensureInitialized(session.sysroot());
      if (stateroot == null) {
        throw UsageException.withUsage("STATEROOT must be specified");
      }
      SysrootInit.initStateroot(session.sysroot(), stateroot);
      context.console().println("ostree/deploy/" + stateroot + " initialized as OSTree stateroot");
      return ExitCodes.OK;
    }
  }
}
