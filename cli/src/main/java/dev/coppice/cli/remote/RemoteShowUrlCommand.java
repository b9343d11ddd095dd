package dev.coppice.cli.remote;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code remote show-url}: the URL of a remote. */
public final class RemoteShowUrlCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(paramLabel = "NAME", description = "The remote")
  String name = "";

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = Repo.open(repo.path(context))) {
      String url = Remotes.of(opened).url(name);
      if (json.json()) {
        json.writer(context).object().field("name", name).field("url", url).end();
      } else {
        context.console().println(url);
      }
      return ExitCodes.OK;
    }
  }
}
