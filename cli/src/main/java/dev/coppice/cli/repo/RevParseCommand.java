package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rev-parse}: the commits that revisions stand for. */
public final class RevParseCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(
      names = {"-S", "--single"},
      description =
          "If the repository has exactly one commit, then print it; any other case will result in"
              + " an error")
  boolean single;

  @Parameters(paramLabel = "REV", arity = "0..*", description = "Ref, checksum or parent")
  List<String> revisions = new ArrayList<>();

  /** A revision and its commit. */
  private record Resolved(String rev, Checksum commit) {}

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (single && !revisions.isEmpty()) {
        throw UsageException.withUsage("Cannot specify arguments with --single");
      }
      if (!single && revisions.isEmpty()) {
        throw UsageException.withUsage("REV must be specified");
      }
      List<Resolved> resolved = new ArrayList<>();
      if (single) {
        show(context, resolved, new Resolved("", opened.onlyCommit()));
      }
      for (String rev : revisions) {
        show(context, resolved, new Resolved(rev, opened.resolve(rev)));
      }
      if (json.json()) {
        renderJson(context, resolved);
      }
      return ExitCodes.OK;
    }
  }

  /** Text goes out one by one, so that those before one that fails are seen. */
  private void show(Context context, List<Resolved> all, Resolved one) {
    if (json.json()) {
      all.add(one);
    } else {
      context.console().println(one.commit().hex());
    }
  }

  private void renderJson(Context context, List<Resolved> resolved) {
    var out = json.writer(context).object().array("revisions");
    for (Resolved each : resolved) {
      out.object();
      if (!single) {
        out.field("rev", each.rev());
      }
      out.field("commit", each.commit().hex()).end();
    }
    out.end().end();
  }
}
