package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.repo.RefChanges;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.summary.SummaryUpdate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ostree reset} and {@code coppice refs reset}: points an existing ref at a commit. */
public final class ResetCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();

  @Parameters(paramLabel = "REF", index = "0", arity = "0..1", description = "The ref to move")
  @Nullable String ref;

  @Parameters(paramLabel = "COMMIT", index = "1", arity = "0..1", description = "Where it goes")
  @Nullable String commit;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (ref == null || commit == null) {
        throw UsageException.withUsage("A REF and COMMIT argument is required");
      }
      new RefChanges(opened).reset(ref, commit);
      new SummaryUpdate(opened).runIfAutomatic();
      return ExitCodes.OK;
    }
  }
}
