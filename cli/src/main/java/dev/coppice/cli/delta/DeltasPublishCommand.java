package dev.coppice.cli.delta;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.console.Progress;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.cli.sign.Keys;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.Signer;
import dev.coppice.transfer.delta.generate.GenerateRequest.ExecutableFilter;
import dev.coppice.transfer.delta.plan.ConfiguredDeltas;
import dev.coppice.transfer.delta.plan.DeltaPublish;
import dev.coppice.transfer.delta.plan.DeltaPublishRequest;
import dev.coppice.transfer.delta.plan.DeltaPublishRequest.Form;
import dev.coppice.transfer.delta.plan.DeltaPublishResult;
import dev.coppice.transfer.delta.plan.DeltasFile;
import dev.coppice.transfer.summary.SummaryRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
      names = "--config",
      paramLabel = "FILE",
      description = "Bring up to date what this file describes, or what is named of it")
  @Nullable String config;

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
    boolean changed = false;
    if (config != null) {
      for (ConfiguredDeltas each : configured(context.path(config), context)) {
        try (Repo opened = Repo.open(each.repo())) {
          changed |= publish(opened, each.request(), context);
        }
      }
    } else {
      try (Repo opened = repo.open(context)) {
        changed = publish(opened, request(context), context);
      }
    }
    return unchangedExit && !changed ? ExitCodes.UNCHANGED : ExitCodes.OK;
  }

  /** What is named of a file; everything if nothing is. */
  private List<ConfiguredDeltas> configured(Path file, Context context) throws IOException {
    if (repo.given() || json.json()) {
      throw UsageException.messageOnly("--repo and --json cannot be given with --config");
    }
    List<ConfiguredDeltas> all = DeltasFile.read(file, Keys.places(context));
    for (String name : policy.include) {
      if (all.stream().noneMatch(each -> each.name().equals(name))) {
        throw UsageException.messageOnly("There are no deltas " + name + " in " + file);
      }
    }
    return all.stream()
        .filter(each -> policy.include.isEmpty() || policy.include.contains(each.name()))
        .toList();
  }

  private boolean publish(Repo opened, DeltaPublishRequest request, Context context)
      throws IOException {
    DeltaPublishResult result;
    try (Progress progress = context.progress()) {
      result = new DeltaPublish(opened).run(request, new DeltasDisplay(progress));
    }
    show(result, context);
    return result.changed();
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
