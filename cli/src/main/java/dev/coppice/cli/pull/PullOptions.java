package dev.coppice.cli.pull;

import dev.coppice.cli.frame.Context;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.transfer.pull.PullRequest;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is pulled from a remote, beyond what every pull can be asked. */
final class PullOptions {
  @Option(
      names = "--mirror",
      description = "Write refs suitable for a mirror and fetches all refs if none provided")
  boolean mirror;

  @Option(
      names = "--subpath",
      paramLabel = "PATH",
      description = "Only pull the provided subpath(s)")
  List<String> subpaths = new ArrayList<>();

  @Option(
      names = "--http-trusted",
      description = "Do not verify checksums of HTTP sources (mostly useful when mirroring)")
  boolean httpTrusted;

  @Option(names = "--dry-run", description = "Only print information on what will be downloaded")
  boolean dryRun;

  @Option(
      names = {"-L", "--localcache-repo"},
      paramLabel = "REPO",
      description = "Add REPO as local cache source for objects during this pull")
  List<String> caches = new ArrayList<>();

  @Option(
      names = {"-T", "--timestamp-check"},
      description = "Require fetched commits to have newer timestamps")
  boolean timestampCheck;

  @Option(
      names = "--timestamp-check-from-rev",
      paramLabel = "REV",
      description = "Require fetched commits to have newer timestamps than given rev")
  @Nullable String timestampCheckFrom;

  /** What is asked for, with these options. */
  PullRequest request(
      PullBasics basics, List<Wanted> wanted, FsyncPolicy configured, Context context) {
    basics.check();
    var scope =
        new PullRequest.Scope(basics.depth(), subpaths, Optional.ofNullable(timestampCheckFrom));
    List<Path> repos = caches.stream().map(context::path).toList();
    return new PullRequest(wanted, scope, options(basics), repos, basics.fsync(configured));
  }

  private EnumSet<PullRequest.Option> options(PullBasics basics) {
    EnumSet<PullRequest.Option> options = basics.options();
    PullBasics.add(options, httpTrusted, PullRequest.Option.HTTP_TRUSTED);
    PullBasics.add(options, mirror, PullRequest.Option.MIRROR);
    PullBasics.add(options, timestampCheck, PullRequest.Option.TIMESTAMP_CHECK);
    PullBasics.add(options, dryRun, PullRequest.Option.DRY_RUN);
    return options;
  }
}
