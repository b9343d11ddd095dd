package dev.coppice.cli.remote;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.repo.SummaryOutput;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.remote.VerifiedSummary;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remote summary}: the summary that a remote has. */
public final class RemoteSummaryCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--list-metadata-keys", description = "List the available metadata keys")
  boolean listKeys;

  @Option(
      names = "--print-metadata-key",
      paramLabel = "KEY",
      description = "Print string value of metadata key")
  @Nullable String key;

  @Option(names = "--cache-dir", paramLabel = "DIR", description = "Use custom cache dir")
  @Nullable String cacheDir;

  @Option(names = "--raw", description = "Show raw variant data")
  boolean raw;

  @Parameters(paramLabel = "NAME", description = "The remote")
  String name = "";

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = Repo.open(repo.path(context))) {
      VerifiedSummary found =
          RemoteSummarySource.of(opened, context, cacheDir)
              .fetch(name)
              .orElseThrow(
                  () ->
                      new Failure(
                          ErrorCode.REPO_UNSUITABLE,
                          "Remote server has no summary file",
                          "Have one made there with 'summary -u'."));
      var output = new SummaryOutput(found.summary(), found.signatures().isPresent(), json.json());
      if (listKeys) {
        output.keys(context.console());
      } else if (key != null) {
        output.value(context.console(), key);
      } else if (raw) {
        output.raw(context.console());
      } else {
        output.print(context.console());
      }
      return ExitCodes.OK;
    }
  }
}
