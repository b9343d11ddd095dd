package dev.coppice.cli.remote;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.remote.VerifiedSummary;
import dev.coppice.transfer.summary.SummaryRef;
import java.io.IOException;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remote refs}: the refs that a remote has. */
public final class RemoteRefsCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(
      names = {"-r", "--revision"},
      description = "Show revisions in listing")
  boolean revision;

  @Option(names = "--cache-dir", paramLabel = "DIR", description = "Use custom cache dir")
  @Nullable String cacheDir;

  @Parameters(paramLabel = "NAME", description = "The remote")
  String name = "";

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = Repo.open(repo.path(context))) {
      VerifiedSummary summary =
          RemoteSummarySource.of(opened, context, cacheDir)
              .fetch(name)
              .orElseThrow(
                  () ->
                      new Failure(
                          ErrorCode.REPO_UNSUITABLE,
                          "Remote refs not available; server has no summary file",
                          "Have one made there with 'summary -u'."));
      SortedMap<String, SummaryRef> refs = summary.summary().refs();
      if (json.json()) {
        printJson(refs, json.writer(context));
      } else {
        refs.forEach(
            (ref, entry) ->
                context
                    .console()
                    .println(name + ":" + ref + (revision ? "\t" + entry.commit() : "")));
      }
      return ExitCodes.OK;
    }
  }

  private void printJson(SortedMap<String, SummaryRef> refs, JsonWriter out) {
    out.object().field("remote", name).array("refs");
    refs.forEach(
        (ref, entry) ->
            out.object().field("name", ref).field("commit", entry.commit().hex()).end());
    out.end().end();
  }
}
