package dev.coppice.cli.mirror;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.time.TimeSpan;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.mirror.MirrorRequest;
import dev.coppice.transfer.mirror.MirrorRequest.Publication;
import dev.coppice.transfer.mirror.MirrorRequest.Verification;
import dev.coppice.transfer.mirror.RefSelection;
import dev.coppice.transfer.mirror.Retention;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is mirrored, how it is published and what is kept. */
final class MirrorOptions {
  private static final long MEGA = 1_000_000;

  @Mixin MirrorSigning signing = new MirrorSigning();

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Mirror refs that fit this pattern (default: all)")
  List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Do not mirror refs that fit this pattern")
  List<String> exclude = new ArrayList<>();

  @Option(
      names = "--arch",
      paramLabel = "NAME",
      description = "Mirror refs of this architecture only, and refs of none")
  List<String> architectures = new ArrayList<>();

  @Option(
      names = "--depth",
      paramLabel = "DEPTH",
      description = "Mirror DEPTH parents of each commit (-1=infinite) (default: 0)")
  int depth;

  @Option(names = "--deltas", description = "Mirror static deltas to these commits")
  boolean deltas;

  @Option(
      names = "--delete-refs",
      description = "Delete refs that the remote does not have any more")
  boolean deleteRefs;

  @Option(
      names = "--bandwidth",
      paramLabel = "MB",
      description = "Most megabytes a second for each remote (default: no limit)")
  double bandwidth;

  @Option(
      names = "--network-retries",
      paramLabel = "N",
      description = "How many times each download is retried upon error (default: 5)")
  int retries = -1;

  @Option(
      names = "--verify",
      paramLabel = "WHAT",
      description =
          "What is verified before publishing: fetched, complete or full (default: complete)")
  String verify = "complete";

  @Option(
      names = {"-T", "--timestamp-check"},
      description = "Require mirrored commits to have newer timestamps")
  boolean timestampCheck;

  @Option(names = "--keep", paramLabel = "N", description = "Keep the N newest commits of each ref")
  int keep = -1;

  @Option(
      names = "--keep-younger-than",
      paramLabel = "AGE",
      description = "Keep commits younger than this time span, such as 90d")
  @Nullable String keepYoungerThan;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description = "How long clients may rely on what they have seen (default: 1d)")
  @Nullable String grace;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      description =
          "How long signatures of the old and the new summary stand together (default: 3s)")
  @Nullable String settle;

  @Option(names = "--disable-fsync", description = "Do not invoke fsync()")
  boolean disableFsync;

  @Option(names = "--dry-run", description = "Only print what would be done")
  boolean dryRun;

  /** What is asked for of these remotes. */
  MirrorRequest request(List<String> remotes, Context context) throws IOException {
    if (depth < -1) {
      throw UsageException.messageOnly("Invalid depth " + depth + ": it is -1 or more");
    }
    return new MirrorRequest(
        remotes,
        RefSelection.parse(include, exclude, architectures),
        depth,
        new Publication(signing.signing(context), span(settle).orElse(Publication.DEFAULT_SETTLE)),
        verification(),
        retention(),
        options(),
        fetch());
  }

  private Verification verification() {
    for (Verification each : Verification.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(verify)) {
        return each;
      }
    }
    throw UsageException.messageOnly(
        "Invalid value '" + verify + "' of --verify: it is fetched, complete or full");
  }

  private Retention retention() {
    if (keep == 0 || keep < -1) {
      throw UsageException.messageOnly("Invalid number " + keep + " of --keep: it is 1 or more");
    }
    return new Retention(
        keep < 0 ? OptionalInt.empty() : OptionalInt.of(keep),
        span(keepYoungerThan),
        span(grace).orElse(Retention.DEFAULT_GRACE));
  }

  private static Optional<Duration> span(@Nullable String text) {
    return Optional.ofNullable(text).map(TimeSpan::parse);
  }

  private EnumSet<MirrorRequest.Option> options() {
    var options = EnumSet.noneOf(MirrorRequest.Option.class);
    add(options, dryRun, MirrorRequest.Option.DRY_RUN);
    add(options, deleteRefs, MirrorRequest.Option.DELETE_REFS);
    add(options, deltas, MirrorRequest.Option.DELTAS);
    add(options, timestampCheck, MirrorRequest.Option.TIMESTAMP_CHECK);
    add(options, disableFsync, MirrorRequest.Option.DISABLE_FSYNC);
    return options;
  }

  private static void add(
      EnumSet<MirrorRequest.Option> options, boolean given, MirrorRequest.Option option) {
    if (given) {
      options.add(option);
    }
  }

  private FetchSettings fetch() {
    FetchSettings settings = FetchSettings.DEFAULTS;
    if (bandwidth < 0 || (bandwidth > 0 && bandwidth * MEGA < 1)) {
      throw UsageException.messageOnly("--bandwidth is a number of megabytes a second");
    }
    if (bandwidth > 0) {
      settings = settings.withBandwidth((long) (bandwidth * MEGA));
    }
    if (retries >= 0) {
      FetchSettings.Retry usual = settings.retry();
      settings =
          settings.withRetry(new FetchSettings.Retry(retries, usual.slowBytes(), usual.slowTime()));
    }
    return settings;
  }
}
