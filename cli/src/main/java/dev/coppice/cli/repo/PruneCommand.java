package dev.coppice.cli.repo;

import dev.coppice.cli.console.Progress;
import dev.coppice.cli.console.SizeText;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.prune.Prune;
import dev.coppice.core.prune.PruneEvent;
import dev.coppice.core.prune.PruneRequest;
import dev.coppice.core.prune.PruneRequest.Action;
import dev.coppice.core.prune.PruneRequest.Deletion;
import dev.coppice.core.prune.PruneRequest.Roots;
import dev.coppice.core.prune.PruneResult;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.time.DateText;
import dev.coppice.core.tree.Reachable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prune}: deletes objects that no commit needs. */
public final class PruneCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--no-prune", description = "Only display unreachable objects; don't delete")
  boolean noPrune;

  @Option(names = "--refs-only", description = "Only compute reachability via refs")
  boolean refsOnly;

  @Option(
      names = "--depth",
      paramLabel = "DEPTH",
      description = "Only traverse DEPTH parents for each commit (default: -1=infinite)")
  int depth = Reachable.WHOLE_HISTORY;

  @Option(
      names = "--delete-commit",
      paramLabel = "COMMIT",
      description = "Specify a commit to delete")
  @Nullable String deleteCommit;

  @Option(
      names = "--keep-younger-than",
      paramLabel = "DATE",
      description = "Prune all commits older than the specified date")
  @Nullable String keepYoungerThan;

  @Option(
      names = "--static-deltas-only",
      description =
          "Change the behavior of delete-commit and keep-younger-than to prune only static deltas")
  boolean staticDeltasOnly;

  @Option(
      names = "--retain-branch-depth",
      paramLabel = "BRANCH=DEPTH",
      description = "Additionally retain BRANCH=DEPTH commits")
  List<String> retainBranchDepth = new ArrayList<>();

  @Option(
      names = "--only-branch",
      paramLabel = "BRANCH",
      description = "Only prune BRANCH (may be specified multiple times)")
  List<String> onlyBranch = new ArrayList<>();

  @Option(names = "--commit-only", description = "Only traverse and delete commit objects.")
  boolean commitOnly;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (!noPrune) {
        opened.requireWritable();
      }
      PruneRequest request = request();
      PruneResult result;
      try (Progress progress = context.progress()) {
        result = new Prune(opened).run(request, show(progress));
      }
      if (json.json()) {
        json.writer(context)
            .object()
            .field("total", result.total())
            .field("pruned", result.pruned())
            .field("freed-bytes", result.freedBytes())
            .field("deleted", !noPrune)
            .end();
      } else {
        print(context, result);
      }
      return ExitCodes.OK;
    }
  }

  private PruneRequest request() {
    if (deleteCommit != null && noPrune) {
      throw UsageException.withUsage("Cannot specify both --delete-commit and --no-prune");
    }
    if (deleteCommit == null && staticDeltasOnly) {
      throw UsageException.messageOnly(
          "--static-deltas-only requires --delete-commit; see"
              + " https://github.com/ostreedev/ostree/issues/1479");
    }
    return new PruneRequest(
        roots(),
        depth,
        commitOnly ? Reachable.Extent.COMMITS : Reachable.Extent.EVERYTHING,
        Optional.ofNullable(deleteCommit).map(this::deletion),
        noPrune ? Action.COUNT : Action.DELETE);
  }

  private Deletion deletion(String commit) {
    if (!Checksum.isHex(commit)) {
      throw UsageException.messageOnly(
          "Invalid commit '" + commit + "': --delete-commit takes a whole checksum");
    }
    Checksum checksum = Checksum.ofHex(commit);
    return staticDeltasOnly ? new Deletion.OfDeltas(checksum) : new Deletion.OfCommit(checksum);
  }

  private Roots roots() {
    if (keepYoungerThan == null && retainBranchDepth.isEmpty() && onlyBranch.isEmpty()) {
      return refsOnly ? new Roots.Refs() : new Roots.EveryCommit();
    }
    return new Roots.Branches(
        Optional.ofNullable(keepYoungerThan).map(DateText::parse),
        BranchDepths.parse(retainBranchDepth),
        onlyBranch);
  }

  private static Consumer<PruneEvent> show(Progress progress) {
    return event -> {
      switch (event) {
        case PruneEvent.Marked(int done, int total) -> step(progress, "Marking", done, total);
        case PruneEvent.Swept(int done, int total) -> step(progress, "Pruning", done, total);
      }
    };
  }

  private static void step(Progress progress, String phase, int done, int total) {
    if (done == 1) {
      progress.phase(phase);
      progress.total(total);
    }
    progress.advance(1);
  }

  private void print(Context context, PruneResult result) {
    String kind = commitOnly ? "Total (commit only) objects: " : "Total objects: ";
    context.console().println(kind + result.total());
    String size = SizeText.of(result.freedBytes());
    if (result.pruned() == 0) {
      context.console().println("No unreachable objects");
    } else if (noPrune) {
      context.console().println("Would delete: " + result.pruned() + " objects, freeing " + size);
    } else {
      context.console().println("Deleted " + result.pruned() + " objects, " + size + " freed");
    }
  }
}
