package dev.coppice.cli.remote;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.fetch.CookieFile.Entry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code remote list-cookies}: the cookies that a remote's servers are sent. */
public final class RemoteListCookiesCommand implements CliCommand {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(paramLabel = "NAME", description = "The remote")
  String name = "";

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = Repo.open(repo.path(context))) {
      List<Entry> entries = CookiePlace.of(opened.path(), name).entries();
      if (json.json()) {
        printJson(entries, json.writer(context));
      } else {
        entries.forEach(entry -> printText(entry, context));
      }
      return ExitCodes.OK;
    }
  }

  private static void printText(Entry entry, Context context) {
    context.console().println("--");
    context.console().println("Domain: " + entry.domain());
    context.console().println("Path: " + entry.path());
    context.console().println("Name: " + entry.name());
    context.console().println("Secure: " + entry.secure());
    expires(entry).ifPresent(time -> context.console().println("Expires: " + time));
    context.console().println("Value: " + entry.value());
  }

  /** Empty when it is no time of any calendar. */
  private static Optional<String> expires(Entry entry) {
    try {
      return Optional.of(TIME.format(Instant.ofEpochSecond(entry.expires())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static void printJson(List<Entry> entries, JsonWriter out) {
    out.object().array("cookies");
    for (Entry entry : entries) {
      out.object().field("domain", entry.domain()).field("path", entry.path());
      out.field("name", entry.name()).field("value", entry.value());
      out.field("secure", entry.secure().equals("TRUE")).field("expires", entry.expires()).end();
    }
    out.end().end();
  }
}
