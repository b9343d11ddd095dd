package dev.coppice.cli.mirror;

import dev.coppice.cli.console.Progress;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.time.TimeSpan;
import dev.coppice.transfer.mirror.MirrorRequest.Publication;
import dev.coppice.transfer.publish.DirectoryTarget.Linking;
import dev.coppice.transfer.publish.Publish;
import dev.coppice.transfer.publish.PublishReport;
import dev.coppice.transfer.publish.PublishReport.Amount;
import dev.coppice.transfer.publish.PublishRequest;
import dev.coppice.transfer.publish.PublishTarget;
import dev.coppice.transfer.publish.PublishTargets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code publish}: copies a repository to where it is served from. */
public final class PublishCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--delete", description = "Delete what the repository does not have any more")
  boolean delete;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description = "How long what is gone stays for clients that rely on it (default: 1d)")
  @Nullable String grace;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      description =
          "How long signatures of the old and the new summary stand together (default: 3s)")
  @Nullable String settle;

  @Option(names = "--copy", description = "Never link files of the repository into a directory")
  boolean copy;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "The server of a target s3://BUCKET/PREFIX (default: Amazon's)")
  @Nullable String endpoint;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "The region of a target s3://BUCKET/PREFIX")
  @Nullable String region;

  @Option(names = "--dry-run", description = "Only print what would be done")
  boolean dryRun;

  @Option(
      names = "--unchanged-exit-77",
      description = "Exit with status 77 if there was nothing to do")
  boolean unchangedExit;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TARGET",
      description = "A directory, s3://BUCKET/PREFIX, rsync://HOST/MODULE/PATH, or ssh://HOST/PATH")
  @Nullable String address;

  @Override
  public int run(Context context) throws IOException {
    try (Repo source = repo.open(context)) {
      if (address == null) {
        throw UsageException.withUsage("TARGET must be specified");
      }
      PublishRequest request = request();
      Path base = context.path(".").toAbsolutePath().normalize();
      var targets = new PublishTargets(Extensions.providers(address), settings(context));
      PublishReport report;
      try (PublishTarget target =
              targets.open(source, address, base, copy ? Linking.NEVER : Linking.ALLOWED);
          Progress progress = context.progress()) {
        report = new Publish(source, target).run(request, new PublishDisplay(progress));
      }
      if (json.json()) {
        new PublishView(report).write(json.writer(context));
      } else {
        new PublishView(report).print(context.console());
      }
      boolean idle =
          report.total().equals(Amount.NOTHING) && report.deleted().equals(Amount.NOTHING);
      return unchangedExit && idle ? ExitCodes.UNCHANGED : ExitCodes.OK;
    }
  }

  private PublishRequest request() {
    var options = EnumSet.noneOf(PublishRequest.Option.class);
    if (dryRun) {
      options.add(PublishRequest.Option.DRY_RUN);
    }
    if (delete) {
      options.add(PublishRequest.Option.DELETE);
    }
    if (grace != null && !delete) {
      throw UsageException.messageOnly("--grace is of no use without --delete");
    }
    return new PublishRequest(
        options,
        span(grace, PublishRequest.DEFAULT_GRACE),
        span(settle, Publication.DEFAULT_SETTLE));
  }

  private static Duration span(@Nullable String text, Duration otherwise) {
    return text == null ? otherwise : TimeSpan.parse(text);
  }

  /** What a store of objects needs; keys come from the environment, as for Amazon's own tools. */
  private Map<String, String> settings(Context context) {
    Map<String, String> settings = new HashMap<>(context.environment().variables());
    if (endpoint != null) {
      settings.put("endpoint", endpoint);
    }
    if (region != null) {
      settings.put("region", region);
    }
    return settings;
  }
}
