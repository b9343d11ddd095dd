package dev.coppice.transfer.mirror;

import dev.coppice.core.config.NamedSection;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.LocalPath;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.mirror.ConfiguredMirror.Schedule;
import dev.coppice.transfer.mirror.MirrorRequest.Option;
import dev.coppice.transfer.mirror.MirrorRequest.Publication;
import dev.coppice.transfer.mirror.MirrorRequest.Signing;
import dev.coppice.transfer.mirror.MirrorRequest.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Mirrors that a key file describes, each in a section {@code [mirror "NAME"]}; see
 * coppice-mirrors(5). A key that is not known is refused: a mirror that is not what somebody thinks
 * it is does harm.
 */
public final class MirrorFile {
  private static final int MEGA = 1_000_000;
  private static final NamedSection.Form FORM =
      new NamedSection.Form(
          "mirror",
          Set.of(
              "repo",
              "remotes",
              "include",
              "exclude",
              "architectures",
              "depth",
              "bandwidth",
              "network-retries",
              "interval",
              "jitter",
              "keep",
              "keep-younger-than",
              "grace",
              "settle",
              "summary",
              "sign-type",
              "sign-key-files",
              "gpg-sign",
              "gpg-homedir",
              "sign-commits",
              "deltas",
              "delete-refs",
              "verify",
              "timestamp-check",
              "fsync"),
          "the keys repo and remotes",
          "coppice-mirrors(5)");

  private final NamedSection section;
  private final KeyPlaces places;

  private MirrorFile(NamedSection section, KeyPlaces places) {
    this.section = section;
    this.places = places;
  }

  /**
   * Reads all mirrors of a file, in the order of their sections.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} that names section and key
   */
  public static List<ConfiguredMirror> read(Path path, KeyPlaces places) throws IOException {
    var all = new ArrayList<ConfiguredMirror>();
    for (NamedSection section : NamedSection.read(path, FORM)) {
      all.add(new MirrorFile(section, places).mirror());
    }
    return all;
  }

  private ConfiguredMirror mirror() throws IOException {
    return new ConfiguredMirror(
        section.name(), LocalPath.parse(section.require("repo")), request(), schedule());
  }

  private MirrorRequest request() throws IOException {
    List<String> remotes = section.list("remotes");
    if (remotes.isEmpty()) {
      throw section.wrong("remotes", "", "a list of remotes of the repository, separated by ';'");
    }
    int depth = section.integer("depth").orElse(0);
    if (depth < -1) {
      throw section.wrong("depth", "" + depth, "a number of ancestors, or -1 for all");
    }
    return new MirrorRequest(
        remotes,
        RefSelection.parse(
            section.list("include"), section.list("exclude"), section.list("architectures")),
        depth,
        new Publication(signing(), section.span("settle").orElse(Publication.DEFAULT_SETTLE)),
        verification(),
        retention(),
        options(),
        fetch());
  }

  private Schedule schedule() {
    return new Schedule(
        section.span("interval").orElse(Schedule.DEFAULT.interval()),
        section.span("jitter").orElse(Schedule.DEFAULT.jitter()));
  }

  private Signing signing() throws IOException {
    SigningKeys keys = SigningKeys.configured(section);
    boolean commits = section.bool("sign-commits", false);
    String summary = section.string("summary").orElse("own");
    return switch (summary) {
      case "own" -> keys.signing(places, commits);
      case "upstream" -> {
        if (!keys.isEmpty() || commits) {
          throw section.wrong("summary", summary, "'own' where the mirror signs");
        }
        yield new Signing.Upstream();
      }
      default -> throw section.wrong("summary", summary, "'own' or 'upstream'");
    };
  }

  private Verification verification() {
    String text = section.string("verify").orElse("complete");
    for (Verification each : Verification.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    throw section.wrong("verify", text, "'fetched', 'complete' or 'full'");
  }

  private Retention retention() {
    Optional<Integer> keep = section.integer("keep");
    if (keep.isPresent() && keep.get() < 1) {
      throw section.wrong("keep", "" + keep.get(), "1 or more");
    }
    return new Retention(
        keep.map(OptionalInt::of).orElseGet(OptionalInt::empty),
        section.span("keep-younger-than"),
        section.span("grace").orElse(Retention.DEFAULT_GRACE));
  }

  private EnumSet<Option> options() {
    var options = EnumSet.noneOf(Option.class);
    add(options, section.bool("deltas", false), Option.DELTAS);
    add(options, section.bool("delete-refs", false), Option.DELETE_REFS);
    add(options, section.bool("timestamp-check", false), Option.TIMESTAMP_CHECK);
    add(options, !section.bool("fsync", true), Option.DISABLE_FSYNC);
    return options;
  }

  private static void add(EnumSet<Option> options, boolean asked, Option option) {
    if (asked) {
      options.add(option);
    }
  }

  private FetchSettings fetch() {
    FetchSettings settings = FetchSettings.DEFAULTS;
    Optional<String> bandwidth = section.string("bandwidth");
    if (bandwidth.isPresent()) {
      settings = settings.withBandwidth(bytesPerSecond(bandwidth.get()));
    }
    Optional<Integer> retries = section.integer("network-retries");
    if (retries.isPresent()) {
      FetchSettings.Retry usual = settings.retry();
      settings =
          settings.withRetry(
              new FetchSettings.Retry(
                  Math.max(0, retries.get()), usual.slowBytes(), usual.slowTime()));
    }
    return settings;
  }

  private long bytesPerSecond(String text) {
    try {
      double megabytes = Double.parseDouble(text);
      if (megabytes * MEGA >= 1 && megabytes < MEGA) {
        return (long) (megabytes * MEGA);
      }
    } catch (NumberFormatException e) {
      // Reported below, like one that is too small.
    }
    throw section.wrong("bandwidth", text, "a number of megabytes a second");
  }
}
