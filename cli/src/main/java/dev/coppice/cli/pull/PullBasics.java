package dev.coppice.cli.pull;

import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.transfer.pull.PullRequest;
import java.util.EnumSet;
import picocli.CommandLine.Option;

/** Mixin of the commands that pull: what each of them can be asked. */
public final class PullBasics {
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
      names = "--untrusted",
      description = "Verify checksums of local sources (always enabled for HTTP pulls)")
  boolean untrusted;

  @Option(
      names = "--bareuseronly-files",
      description = "Reject regular files with mode outside of 0775 (world writable, suid, etc.)")
  boolean bareUserOnlyFiles;

  @Option(
      names = "--depth",
      paramLabel = "DEPTH",
      description = "Traverse DEPTH parents (-1=infinite) (default: 0)")
  int depth;

  @Option(names = "--disable-verify-bindings", description = "Do not verify commit bindings")
  boolean disableVerifyBindings;

  /** Refuses what contradicts itself. */
  public void check() {
    if (depth < -1) {
      throw UsageException.messageOnly("Invalid depth " + depth + ": it is -1 or more");
    }
    if (requireStaticDeltas && disableStaticDeltas) {
      throw UsageException.messageOnly(
          "Cannot specify both --require-static-deltas and --disable-static-deltas");
    }
  }

  /** Ancestors to pull as well, or -1 for all. */
  public int depth() {
    return depth;
  }

  /** What was asked for; the caller may add to it. */
  public EnumSet<PullRequest.Option> options() {
    var options = EnumSet.noneOf(PullRequest.Option.class);
    add(options, untrusted, PullRequest.Option.UNTRUSTED);
    add(options, bareUserOnlyFiles, PullRequest.Option.BAREUSERONLY_FILES);
    add(options, commitMetadataOnly, PullRequest.Option.COMMIT_METADATA_ONLY);
    add(options, disableVerifyBindings, PullRequest.Option.DISABLE_VERIFY_BINDINGS);
    add(options, disableStaticDeltas, PullRequest.Option.DISABLE_STATIC_DELTAS);
    add(options, requireStaticDeltas, PullRequest.Option.REQUIRE_STATIC_DELTAS);
    return options;
  }

  static void add(EnumSet<PullRequest.Option> options, boolean given, PullRequest.Option option) {
    if (given) {
      options.add(option);
    }
  }

  /** When data is forced to disk, where the repository says something else. */
  public FsyncPolicy fsync(FsyncPolicy configured) {
    if (disableFsync) {
      return FsyncPolicy.NONE;
    }
    return perObjectFsync ? FsyncPolicy.PER_OBJECT : configured;
  }
}
