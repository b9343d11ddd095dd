package dev.coppice.cli.repo;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.CommitHistory;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code log}: a commit and its ancestors, printed as they are read. */
public final class LogCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--raw", description = "Show raw variant data")
  boolean raw;

  @Parameters(paramLabel = "REV", arity = "0..1", description = "The newest commit to show")
  @Nullable String rev;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (rev == null) {
        throw UsageException.withUsage("A rev argument is required");
      }
      Checksum newest = opened.resolve(rev);
      if (json.json()) {
        printJson(opened, newest, json.writer(context));
      } else {
        printText(opened, newest, context.console());
      }
      return ExitCodes.OK;
    }
  }

  private void printText(Repo opened, Checksum newest, Console console) throws IOException {
    CommitHistory.End end =
        CommitHistory.walk(
            opened,
            newest,
            entry -> {
              console.println("commit " + entry.checksum());
              if (raw) {
                console.println(entry.commit().toVariant().byteswapped().print(true));
              } else {
                new CommitReport(entry.checksum(), entry.commit()).text(console);
              }
            });
    if (end == CommitHistory.End.NOT_FETCHED) {
      console.println("<< History beyond this commit not fetched >>");
    }
  }

  private void printJson(Repo opened, Checksum newest, JsonWriter out) throws IOException {
    out.object().array("commits");
    CommitHistory.End end =
        CommitHistory.walk(
            opened,
            newest,
            entry -> {
              out.object();
              if (raw) {
                out.field("checksum", entry.checksum().hex());
                out.field("variant", entry.commit().toVariant().byteswapped().print(true));
              } else {
                new CommitReport(entry.checksum(), entry.commit()).json(out);
              }
              out.end();
            });
    out.end().field("complete", end == CommitHistory.End.ROOT).end();
  }
}
