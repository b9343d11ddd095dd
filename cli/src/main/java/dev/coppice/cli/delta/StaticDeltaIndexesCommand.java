package dev.coppice.cli.delta;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.io.Durability;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.delta.DeltaIndexes;
import java.io.IOException;
import java.util.SortedSet;
import picocli.CommandLine.Mixin;

/** {@code static-delta indexes}: the commits that have an index of the deltas to them. */
public final class StaticDeltaIndexesCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      SortedSet<Checksum> targets = new DeltaIndexes(opened, Durability.SYNCED).existing();
      if (json.json()) {
        json.writer(context)
            .object()
            .field("indexes", targets.stream().map(Checksum::hex).toList())
            .end();
      } else if (targets.isEmpty()) {
        context.console().println("(No static deltas indexes)");
      } else {
        targets.forEach(each -> context.console().println(each.hex()));
      }
      return ExitCodes.OK;
    }
  }
}
