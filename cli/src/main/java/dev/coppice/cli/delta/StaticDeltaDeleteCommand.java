package dev.coppice.cli.delta;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.DeltaRemoval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code static-delta delete}: removes deltas. */
public final class StaticDeltaDeleteCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();

  @Parameters(paramLabel = "DELTA", arity = "0..*", description = "FROM-TO or TO, by checksums")
  List<String> names = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (names.isEmpty()) {
        throw UsageException.withUsage("DELTA must be specified");
      }
      new DeltaRemoval(opened).delete(names.stream().map(DeltaName::parse).toList());
      return ExitCodes.OK;
    }
  }
}
