package dev.coppice.cli.pull;

import dev.coppice.cli.console.Progress;
import dev.coppice.cli.console.ProgressBar;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.pull.OpenRemote;
import dev.coppice.transfer.pull.Pull;
import dev.coppice.transfer.pull.PullRequest;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import dev.coppice.transfer.pull.PullResult;
import dev.coppice.transfer.pull.RemoteTrusts;
import dev.coppice.transfer.summary.SummaryUpdate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pull}: brings commits over from a remote. */
public final class PullCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();
  @Mixin PullBasics basics = new PullBasics();
  @Mixin PullOptions options = new PullOptions();
  @Mixin NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--update-frequency",
      paramLabel = "MS",
      description = "Time between two redraws of the progress, in milliseconds")
  int updateFrequency;

  @Parameters(index = "0", arity = "0..1", paramLabel = "REMOTE", description = "Remote")
  @Nullable String remote;

  @Parameters(
      index = "1..*",
      paramLabel = "BRANCH",
      description = "Refs, refs at a commit (REF@COMMIT), or commits to pull")
  List<String> branches = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo destination = repo.open(context)) {
      destination.requireWritable();
      if (remote == null) {
        throw UsageException.withUsage("REMOTE must be specified");
      }
      String name = nameOfRemote(remote);
      PullRequest request =
          options.request(basics, wanted(remote), destination.config().fsync(), context);
      Remotes remotes = Remotes.of(destination);
      RemoteTrusts trusts = RemoteTrusts.of(remotes, name);
      try (OpenRemote opened =
          OpenRemote.open(destination, remotes, name, network.overrides(context), trusts)) {
        PullResult result = pull(destination, opened, request, context);
        if (!result.refs().isEmpty()) {
          new SummaryUpdate(destination).runIfAutomatic();
        }
        report(new PullReport(result), opened.local().isPresent(), context);
      }
      return ExitCodes.OK;
    }
  }

  private PullResult pull(Repo destination, OpenRemote opened, PullRequest request, Context context)
      throws IOException {
    long every = updateFrequency > 0 ? updateFrequency : ProgressBar.EVERY_MILLIS;
    try (Progress progress = context.progress(every)) {
      var display =
          new PullDisplay(context.console(), progress, () -> opened.origin().transferred());
      return new Pull(destination, opened.origin()).run(request, display);
    }
  }

  private void report(PullReport report, boolean local, Context context) {
    if (json.json()) {
      report.writeJson(json.writer(context), options.dryRun);
    } else if (!options.dryRun) {
      report.print(context.console(), local);
    } else if (!context.console().terminal().onError()) {
      // On a terminal the display has shown it.
      report.printPlan(context.console());
    }
  }

  private static String nameOfRemote(String argument) {
    int colon = argument.indexOf(':');
    return colon < 0 ? argument : argument.substring(0, colon);
  }

  private List<Wanted> wanted(String argument) {
    int colon = argument.indexOf(':');
    if (colon < 0) {
      return branches.stream().map(Wanted::parse).toList();
    }
    if (!branches.isEmpty()) {
      throw new Failure(
          ErrorCode.USAGE,
          "Refs are given both in '" + argument + "' and behind it",
          "Write either REMOTE:REF or REMOTE REF...");
    }
    return List.of(Wanted.parse(argument.substring(colon + 1)));
  }
}
