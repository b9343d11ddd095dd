package dev.coppice.cli.remote;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code remote delete-cookie}: deletes a cookie of a remote. */
public final class RemoteDeleteCookieCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();

  @Parameters(index = "0", paramLabel = "NAME", description = "The remote")
  String name = "";

  @Parameters(index = "1", paramLabel = "DOMAIN", description = "Hosts that get the cookie")
  String domain = "";

  @Parameters(index = "2", paramLabel = "PATH", description = "What their paths start with")
  String path = "";

  @Parameters(index = "3", paramLabel = "COOKIE_NAME", description = "Name of the cookie")
  String cookie = "";

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = Repo.open(repo.path(context))) {
      if (!CookiePlace.of(opened.path(), name).delete(domain, path, cookie)) {
        throw new Failure(
            ErrorCode.INPUT_INVALID,
            "Cookie not found in jar",
            "See what there is with 'remote list-cookies'.");
      }
      return ExitCodes.OK;
    }
  }
}
