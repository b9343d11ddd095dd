package dev.coppice.transfer.mirror;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.time.TimeSpan;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.SignatureType;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.mirror.ConfiguredMirror.Schedule;
import dev.coppice.transfer.mirror.MirrorRequest.Option;
import dev.coppice.transfer.mirror.MirrorRequest.Publication;
import dev.coppice.transfer.mirror.MirrorRequest.Signing;
import dev.coppice.transfer.mirror.MirrorRequest.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
  private static final String START = "mirror \"";
  private static final String END = "\"";
  private static final int MEGA = 1_000_000;
  private static final Set<String> KEYS =
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
          "fsync");

  private final KeyFile file;
  private final String group;
  private final String name;
  private final KeyPlaces places;

  private MirrorFile(KeyFile file, String group, KeyPlaces places) {
    this.file = file;
    this.group = group;
    this.name = group.substring(START.length(), group.length() - END.length());
    this.places = places;
  }

  /**
   * Reads all mirrors of a file, in the order of their sections.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} that names section and key
   */
  public static List<ConfiguredMirror> read(Path path, KeyPlaces places) throws IOException {
    KeyFile file = KeyFile.read(path);
    var mirrors = new ArrayList<ConfiguredMirror>();
    for (String group : file.groups()) {
      boolean mirror =
          group.startsWith(START)
              && group.endsWith(END)
              && group.length() > START.length() + END.length();
      if (!mirror) {
        throw new Failure(
            ErrorCode.CONFIG_INVALID,
            path + ": section [" + group + "] is not known",
            "Sections are named [mirror \"NAME\"].");
      }
      mirrors.add(new MirrorFile(file, group, places).mirror());
    }
    if (mirrors.isEmpty()) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          path + " describes no mirror",
          "Add a section [mirror \"NAME\"] with the keys repo and remotes.");
    }
    return mirrors;
  }

  private ConfiguredMirror mirror() throws IOException {
    for (String key : file.keys(group)) {
      if (!KEYS.contains(key)) {
        throw new Failure(
            ErrorCode.CONFIG_INVALID,
            file.source() + ": mirror " + name + " has the key '" + key + "', which is not known",
            "See coppice-mirrors(5) for the keys there are.");
      }
    }
    return new ConfiguredMirror(name, Path.of(file.require(group, "repo")), request(), schedule());
  }

  private MirrorRequest request() throws IOException {
    List<String> remotes = list("remotes");
    if (remotes.isEmpty()) {
      throw wrong("remotes", "", "a list of remotes of the repository, separated by ';'");
    }
    int depth = file.integer(group, "depth").orElse(0);
    if (depth < -1) {
      throw wrong("depth", "" + depth, "a number of ancestors, or -1 for all");
    }
    return new MirrorRequest(
        remotes,
        RefSelection.parse(list("include"), list("exclude"), list("architectures")),
        depth,
        new Publication(signing(), span("settle").orElse(Publication.DEFAULT_SETTLE)),
        verification(),
        retention(),
        options(),
        fetch());
  }

  private Schedule schedule() {
    return new Schedule(
        span("interval").orElse(Schedule.DEFAULT.interval()),
        span("jitter").orElse(Schedule.DEFAULT.jitter()));
  }

  private Signing signing() throws IOException {
    Optional<String> type = file.string(group, "sign-type");
    var keys =
        new SigningKeys(
            type.map(SignatureType::named).orElse(SignatureType.ED25519),
            List.of(),
            list("sign-key-files").stream().map(Path::of).toList(),
            list("gpg-sign"),
            file.string(group, "gpg-homedir").map(Path::of));
    boolean commits = file.bool(group, "sign-commits", false);
    String summary = file.string(group, "summary").orElse("own");
    return switch (summary) {
      case "own" -> keys.signing(places, commits);
      case "upstream" -> {
        if (!keys.isEmpty() || commits) {
          throw wrong("summary", summary, "'own' where the mirror signs");
        }
        yield new Signing.Upstream();
      }
      default -> throw wrong("summary", summary, "'own' or 'upstream'");
    };
  }

  private Verification verification() {
    String text = file.string(group, "verify").orElse("complete");
    for (Verification each : Verification.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    throw wrong("verify", text, "'fetched', 'complete' or 'full'");
  }

  private Retention retention() {
    Optional<Integer> keep = file.integer(group, "keep");
    if (keep.isPresent() && keep.get() < 1) {
      throw wrong("keep", "" + keep.get(), "1 or more");
    }
    return new Retention(
        keep.map(OptionalInt::of).orElseGet(OptionalInt::empty),
        span("keep-younger-than"),
        span("grace").orElse(Retention.DEFAULT_GRACE));
  }

  private EnumSet<Option> options() {
    var options = EnumSet.noneOf(Option.class);
    add(options, file.bool(group, "deltas", false), Option.DELTAS);
    add(options, file.bool(group, "delete-refs", false), Option.DELETE_REFS);
    add(options, file.bool(group, "timestamp-check", false), Option.TIMESTAMP_CHECK);
    add(options, !file.bool(group, "fsync", true), Option.DISABLE_FSYNC);
    return options;
  }

  private static void add(EnumSet<Option> options, boolean asked, Option option) {
    if (asked) {
      options.add(option);
    }
  }

  private FetchSettings fetch() {
    FetchSettings settings = FetchSettings.DEFAULTS;
    Optional<String> bandwidth = file.string(group, "bandwidth");
    if (bandwidth.isPresent()) {
      settings = settings.withBandwidth(bytesPerSecond(bandwidth.get()));
    }
    Optional<Integer> retries = file.integer(group, "network-retries");
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
    throw wrong("bandwidth", text, "a number of megabytes a second");
  }

  private List<String> list(String key) {
    return file.list(group, key).orElse(List.of());
  }

  private Optional<Duration> span(String key) {
    Optional<String> text = file.string(group, key);
    if (text.isPresent() && TimeSpan.read(text.get()).isEmpty()) {
      throw wrong(key, text.get(), "a time span such as 90s, 10min, 1h or 7d");
    }
    return text.flatMap(TimeSpan::read);
  }

  private Failure wrong(String key, String value, String expected) {
    return new Failure(
        ErrorCode.CONFIG_INVALID,
        file.source() + ": mirror " + name + ": " + key + "='" + value + "' is not " + expected,
        "See coppice-mirrors(5).");
  }
}
