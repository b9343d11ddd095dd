package dev.coppice.cli.remote;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code remote add-cookie}: adds a cookie that a remote's servers are sent. */
public final class RemoteAddCookieCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();

  @Parameters(index = "0", paramLabel = "NAME", description = "The remote")
  String name = "";

  @Parameters(index = "1", paramLabel = "DOMAIN", description = "Hosts that get the cookie")
  String domain = "";

  @Parameters(index = "2", paramLabel = "PATH", description = "What their paths start with")
  String path = "";

  @Parameters(index = "3", paramLabel = "COOKIE_NAME", description = "Name of the cookie")
  String cookie = "";

  @Parameters(index = "4", paramLabel = "VALUE", description = "Value of the cookie")
  String value = "";

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = Repo.open(repo.path(context))) {
      CookiePlace.of(opened.path(), name).add(domain, path, cookie, value);
      return ExitCodes.OK;
    }
  }
}
