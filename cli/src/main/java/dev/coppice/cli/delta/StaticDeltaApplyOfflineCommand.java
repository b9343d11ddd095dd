package dev.coppice.cli.delta;

import dev.coppice.cli.console.Progress;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.delta.apply.DeltaApply;
import dev.coppice.transfer.delta.apply.DeltaRequest;
import dev.coppice.transfer.delta.apply.DeltaRequest.DeltaTrust;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code static-delta apply-offline}: applies a delta that is on this machine. */
@Command(customSynopsis = "PATH [KEY-ID...]")
public final class StaticDeltaApplyOfflineCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin DeltaKeys keys = new DeltaKeys();

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "The delta and the keys")
  List<String> words = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (words.isEmpty()) {
        throw UsageException.withUsage("PATH must be specified");
      }
      opened.requireWritable();
      List<String> trusted = words.subList(1, words.size());
      var request =
          new DeltaRequest(
              context.path(words.getFirst()),
              trust(opened, trusted, context),
              opened.config().fsync());
      try (Progress progress = context.progress()) {
        progress.phase("Applying");
        new DeltaApply(opened).apply(request, part -> progress.bytes(part.usize()));
      }
      return ExitCodes.OK;
    }
  }

  /**
   * Signatures are demanded where keys are named, and where the configuration says so; those that
   * are there must be good in any case, as far as there are keys for them. The real tool takes
   * deltas without signatures whatever is demanded. Source: {@code
   * ostree_repo_static_delta_execute_offline_with_signature}.
   */
  private DeltaTrust trust(Repo opened, List<String> trusted, Context context) {
    boolean demanded =
        !trusted.isEmpty()
            || keys.given()
            || opened.config().file().bool("core", "sign-verify-deltas", false);
    return delta -> {
      if (demanded || delta.signed().isPresent()) {
        Failure refusal = keys.judge(delta, trusted, context).refusal();
        boolean keyless = refusal != null && refusal.code() == ErrorCode.KEY_INVALID;
        if (refusal != null && (demanded || !keyless)) {
          throw refusal;
        }
      }
    };
  }
}
