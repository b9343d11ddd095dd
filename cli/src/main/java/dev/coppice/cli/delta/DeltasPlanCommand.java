package dev.coppice.cli.delta;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.delta.plan.DeltaPublish;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** {@code deltas plan}: which deltas a repository should have. */
public final class DeltasPlanCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();
  @Mixin PolicyOptions policy = new PolicyOptions();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      var output =
          new PlanOutput(new DeltaPublish(opened).plan(policy.policy(), policy.demand(context)));
      if (json.json()) {
        JsonWriter out = json.writer(context).object();
        output.json(out);
        out.end();
      } else {
        output.text(context.console());
      }
      return ExitCodes.OK;
    }
  }
}
