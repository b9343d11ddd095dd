package dev.coppice.cli.delta;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.console.Progress;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.Signer;
import dev.coppice.transfer.delta.generate.GenerateRequest.ExecutableFilter;
import dev.coppice.transfer.delta.plan.DeltaPublish;
import dev.coppice.transfer.delta.plan.DeltaPublishRequest;
import dev.coppice.transfer.delta.plan.DeltaPublishRequest.Form;
import dev.coppice.transfer.delta.plan.DeltaPublishResult;
import dev.coppice.transfer.summary.SummaryRequest;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deltas publish}: makes the deltas that are worth it, and deletes those that are not. */
public final class DeltasPublishCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();
  @Mixin PolicyOptions policy = new PolicyOptions();
  @Mixin PublishSigning signing = new PublishSigning();
  @Mixin DeltaLimitOptions limits = new DeltaLimitOptions();

  @Option(
      names = "--arm64-filter",
      description = "Compress ARM64 executables better, for clients with liblzma 5.4 or newer only")
  boolean arm64;

  @Option(
      names = "--unchanged-exit-77",
      description = "Exit with status 77 if no delta was made or deleted")
  boolean unchangedExit;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      DeltaPublishRequest request = request(context);
      DeltaPublishResult result;
      try (Progress progress = context.progress()) {
        result = new DeltaPublish(opened).run(request, new DeltasDisplay(progress));
      }
      show(result, context);
      return unchangedExit && !result.changed() ? ExitCodes.UNCHANGED : ExitCodes.OK;
    }
  }

  private DeltaPublishRequest request(Context context) throws IOException {
    List<Signer> signers = signing.signers(context);
    ExecutableFilter filter = arm64 ? ExecutableFilter.X86_AND_ARM64 : Form.STANDARD.filter();
    SummaryRequest plain = SummaryRequest.plain();
    return new DeltaPublishRequest(
        policy.policy(),
        policy.demand(context),
        new Form(limits.limits(), filter, signing.deltaSigners(signers)),
        new SummaryRequest(plain.metadata(), signers, plain.times()));
  }

  private void show(DeltaPublishResult result, Context context) {
    var output = new PlanOutput(result.plan());
    if (json.json()) {
      JsonWriter out = json.writer(context).object();
      out.field("made", result.made().stream().map(Object::toString).toList());
      output.json(out);
      out.end();
    } else {
      output.text(context.console());
      context.console().println("Made: " + result.made().size());
    }
  }
}
