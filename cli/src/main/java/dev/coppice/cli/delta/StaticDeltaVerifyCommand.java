package dev.coppice.cli.delta;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.cli.sign.SignatureOutput;
import dev.coppice.cli.sign.Verification;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code static-delta verify}: whether a delta has a signature of a trusted key. */
@Command(customSynopsis = "STATIC-DELTA-FILE [KEY-ID...]")
public final class StaticDeltaVerifyCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Mixin DeltaKeys keys = new DeltaKeys();

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "The delta and the keys")
  List<String> words = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (words.isEmpty()) {
        throw UsageException.withUsage("DELTA must be specified");
      }
      DeltaFile delta = DeltaFile.read(words.getFirst(), opened, context);
      Verification.Judgement judgement =
          keys.judge(delta.content(), words.subList(1, words.size()), context);
      print(context, delta, judgement);
      return ExitCodes.OK;
    }
  }

  private void print(Context context, DeltaFile delta, Verification.Judgement judgement) {
    Failure refusal = judgement.refusal();
    if (json.json()) {
      JsonWriter out = json.writer(context).object();
      out.field("delta", delta.content().superblock().name().key());
      out.field("verified", refusal == null).array("signatures");
      new SignatureOutput(judgement.report()).elements(out);
      out.end().end();
    } else {
      context.console().println("Verification " + (refusal == null ? "OK" : "fails"));
    }
    if (refusal != null) {
      throw refusal;
    }
  }
}
