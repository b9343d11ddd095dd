package dev.coppice.cli.pull;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
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

/** What is pulled, and what of it is checked. */
final class PullOptions {
  @Option(names = "--commit-metadata-only", description = "Fetch only the commit metadata")
  boolean commitMetadataOnly;

  @Option(names = "--disable-fsync", description = "Do not invoke fsync()")
  boolean disableFsync;

  @Option(
      names = "--per-object-fsync",
      description = "Perform writes in such a way that avoids stalling concurrent processes")
  boolean perObjectFsync;

  @Option(names = "--disable-static-deltas", description = "Do not use static deltas")
  boolean disableStaticDeltas;

  @Option(names = "--require-static-deltas", description = "Require static deltas")
  boolean requireStaticDeltas;

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
      names = "--untrusted",
      description = "Verify checksums of local sources (always enabled for HTTP pulls)")
  boolean untrusted;

  @Option(
      names = "--http-trusted",
      description = "Do not verify checksums of HTTP sources (mostly useful when mirroring)")
  boolean httpTrusted;

  @Option(
      names = "--bareuseronly-files",
      description = "Reject regular files with mode outside of 0775 (world writable, suid, etc.)")
  boolean bareUserOnlyFiles;

  @Option(names = "--dry-run", description = "Only print information on what will be downloaded")
  boolean dryRun;

  @Option(
      names = "--depth",
      paramLabel = "DEPTH",
      description = "Traverse DEPTH parents (-1=infinite) (default: 0)")
  int depth;

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

  @Option(names = "--disable-verify-bindings", description = "Do not verify commit bindings")
  boolean disableVerifyBindings;

  /** What is asked for, with these options. */
  PullRequest request(List<Wanted> wanted, FsyncPolicy configured, Context context) {
    if (depth < -1) {
      throw UsageException.messageOnly("Invalid depth " + depth + ": it is -1 or more");
    }
    if (requireStaticDeltas && disableStaticDeltas) {
      throw UsageException.messageOnly(
          "Cannot specify both --require-static-deltas and --disable-static-deltas");
    }
    var scope = new PullRequest.Scope(depth, subpaths, Optional.ofNullable(timestampCheckFrom));
    List<Path> repos = caches.stream().map(context::path).toList();
    return new PullRequest(wanted, scope, options(), repos, fsync(configured));
  }

  private EnumSet<PullRequest.Option> options() {
    var options = EnumSet.noneOf(PullRequest.Option.class);
    add(options, untrusted, PullRequest.Option.UNTRUSTED);
    add(options, httpTrusted, PullRequest.Option.HTTP_TRUSTED);
    add(options, bareUserOnlyFiles, PullRequest.Option.BAREUSERONLY_FILES);
    add(options, commitMetadataOnly, PullRequest.Option.COMMIT_METADATA_ONLY);
    add(options, disableVerifyBindings, PullRequest.Option.DISABLE_VERIFY_BINDINGS);
    add(options, mirror, PullRequest.Option.MIRROR);
    add(options, timestampCheck, PullRequest.Option.TIMESTAMP_CHECK);
    add(options, requireStaticDeltas, PullRequest.Option.REQUIRE_STATIC_DELTAS);
    add(options, dryRun, PullRequest.Option.DRY_RUN);
    return options;
  }

  private static void add(
      EnumSet<PullRequest.Option> options, boolean given, PullRequest.Option option) {
    if (given) {
      options.add(option);
    }
  }

  private FsyncPolicy fsync(FsyncPolicy configured) {
    if (disableFsync) {
      return FsyncPolicy.NONE;
    }
    return perObjectFsync ? FsyncPolicy.PER_OBJECT : configured;
  }
}
