package dev.coppice.cli.mirror;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.console.Progress;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.cli.sign.Keys;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.mirror.ConfiguredMirror;
import dev.coppice.transfer.mirror.Mirror;
import dev.coppice.transfer.mirror.MirrorFile;
import dev.coppice.transfer.mirror.MirrorReport;
import dev.coppice.transfer.mirror.MirrorRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mirror}: keeps a repository a mirror of others. */
public final class MirrorCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();
  @Mixin MirrorOptions options = new MirrorOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Run the mirrors that this file describes, or those named of them")
  @Nullable String config;

  @Option(
      names = "--unchanged-exit-77",
      description = "Exit with status 77 if clients see nothing new")
  boolean unchangedExit;

  @Parameters(index = "0..*", paramLabel = "REMOTE", description = "Remotes to mirror")
  List<String> names = new ArrayList<>();

  /** A repository and what to mirror into it. */
  private record Job(Optional<String> name, Path repo, MirrorRequest request) {}

  /** What became of one mirror: a report, or a failure. */
  record Outcome(
      Optional<String> name, Optional<MirrorReport> report, Optional<TreeException> failure) {}

  @Override
  public int run(Context context) throws IOException {
    if (config == null) {
      MirrorReport report = run(job(context), context);
      show(List.of(new Outcome(Optional.empty(), Optional.of(report), Optional.empty())), context);
      return code(List.of(report));
    }
    var outcomes = new ArrayList<Outcome>();
    for (Job job : jobs(context)) {
      outcomes.add(outcome(job, context));
    }
    show(outcomes, context);
    boolean failed = outcomes.stream().anyMatch(outcome -> outcome.failure().isPresent());
    return failed
        ? ExitCodes.FAILED
        : code(outcomes.stream().flatMap(outcome -> outcome.report().stream()).toList());
  }

  /** One mirror that fails does not hold up those that follow. */
  private static Outcome outcome(Job job, Context context) throws IOException {
    try {
      return new Outcome(job.name(), Optional.of(run(job, context)), Optional.empty());
    } catch (TreeException e) {
      return new Outcome(job.name(), Optional.empty(), Optional.of(e));
    }
  }

  private void show(List<Outcome> outcomes, Context context) throws IOException {
    if (json.json()) {
      JsonWriter writer = json.writer(context).object().array("mirrors");
      var view = new MirrorJson(writer);
      outcomes.forEach(view::write);
      writer.end().end();
    } else {
      for (Outcome outcome : outcomes) {
        new MirrorText(context.console()).print(outcome);
      }
    }
  }

  private int code(List<MirrorReport> reports) {
    if (reports.stream().anyMatch(MirrorReport::failed)) {
      return ExitCodes.FAILED;
    }
    boolean changed = reports.stream().anyMatch(MirrorReport::changed);
    return unchangedExit && !changed ? ExitCodes.UNCHANGED : ExitCodes.OK;
  }

  private static MirrorReport run(Job job, Context context) throws IOException {
    try (Repo opened = Repo.open(job.repo());
        Progress progress = context.progress()) {
      return new Mirror(opened).run(job.request(), new MirrorDisplay(progress));
    }
  }

  private Job job(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (names.isEmpty()) {
        throw UsageException.withUsage("REMOTE must be specified");
      }
      return new Job(Optional.empty(), opened.path(), options.request(names, context));
    }
  }

  private List<Job> jobs(Context context) throws IOException {
    if (repo.given()) {
      throw UsageException.messageOnly("--repo cannot be given with --config, which names it");
    }
    List<ConfiguredMirror> all =
        MirrorFile.read(context.path(config == null ? "" : config), Keys.places(context));
    for (String name : names) {
      if (all.stream().noneMatch(mirror -> mirror.name().equals(name))) {
        throw UsageException.messageOnly("There is no mirror " + name + " in " + config);
      }
    }
    return all.stream()
        .filter(mirror -> names.isEmpty() || names.contains(mirror.name()))
        .map(this::job)
        .toList();
  }

  private Job job(ConfiguredMirror mirror) {
    MirrorRequest request = mirror.request();
    if (options.dryRun) {
      var asked = EnumSet.of(MirrorRequest.Option.DRY_RUN);
      asked.addAll(request.options());
      request = request.with(asked);
    }
    return new Job(Optional.of(mirror.name()), mirror.repo(), request);
  }
}
