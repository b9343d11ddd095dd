package dev.coppice.cli.remote;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.repo.Remote;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code remote list}: the names of the configured remotes, also those of parents. */
public final class RemoteListCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(
      names = {"-u", "--show-urls"},
      description = "Show remote URLs in list")
  boolean urls;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = Repo.open(repo.path(context))) {
      Remotes remotes = Remotes.of(opened);
      if (json.json()) {
        printJson(remotes, json.writer(context));
      } else {
        printText(remotes, context);
      }
      return ExitCodes.OK;
    }
  }

  private void printText(Remotes remotes, Context context) {
    int widest = 0;
    for (Remote remote : remotes.all()) {
      widest = Math.max(widest, width(remote.name()));
    }
    for (Remote remote : remotes.all()) {
      String name = remote.name();
      String pad = " ".repeat(widest - width(name));
      context.console().println(urls ? name + pad + "  " + remotes.url(name) : name);
    }
  }

  /** Columns are counted in bytes, as printf does. */
  private static int width(String name) {
    return PosixNames.encode(name).length;
  }

  private static void printJson(Remotes remotes, JsonWriter out) {
    out.object().array("remotes");
    for (Remote remote : remotes.all()) {
      out.object().field("name", remote.name());
      remotes.option(remote.name(), "url").ifPresent(url -> out.field("url", url));
      remotes.option(remote.name(), "metalink").ifPresent(url -> out.field("metalink", url));
      remote.file().ifPresent(file -> out.field("file", file.toString()));
      out.end();
    }
    out.end().end();
  }
}
