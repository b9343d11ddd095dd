package dev.coppice.cli.remote;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.core.ref.RemoteName;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remote delete}: removes a remote's configuration and keyring. */
public final class RemoteDeleteCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin SysrootOption sysroot = new SysrootOption();

  @Option(names = "--if-exists", description = "Do nothing if the provided remote does not exist")
  boolean ifExists;

  @Parameters(paramLabel = "NAME", description = "The remote")
  String name = "";

  @Override
  public int run(Context context) throws IOException {
    try (RemotePlace place = RemotePlace.open(context, repo, sysroot)) {
      RemoteName remote = RemoteName.of(name);
      if (!place.remotes().changes().delete(remote) && !ifExists) {
        place.remotes().require(name);
      }
      return ExitCodes.OK;
    }
  }
}
