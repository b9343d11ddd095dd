package dev.coppice.transfer.delta.plan;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.config.SizeText;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.time.TimeSpan;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signer;
import dev.coppice.transfer.delta.generate.GenerateRequest;
import dev.coppice.transfer.delta.generate.GenerateRequest.ExecutableFilter;
import dev.coppice.transfer.mirror.RefSelection;
import dev.coppice.transfer.mirror.SigningKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Deltas that a key file describes, each in a section {@code [deltas "NAME"]}; see
 * coppice-deltas(5). A key that is not known is refused.
 */
public final class DeltasFile {
  /** How often a server looks for new commits when nothing is said. */
  private static final Duration CHECK = Duration.ofSeconds(30);

  private static final String START = "deltas \"";
  private static final String END = "\"";
  private static final Set<String> KEYS =
      Set.of(
          "repo",
          "include",
          "exclude",
          "architectures",
          "last",
          "from-scratch",
          "channels",
          "budget",
          "access-logs",
          "grace",
          "arm64-filter",
          "sign-type",
          "sign-key-files",
          "gpg-sign",
          "gpg-homedir",
          "sign-deltas",
          "check-interval");

  private final KeyFile file;
  private final String group;
  private final String name;
  private final KeyPlaces places;

  private DeltasFile(KeyFile file, String group, KeyPlaces places) {
    this.file = file;
    this.group = group;
    this.name = group.substring(START.length(), group.length() - END.length());
    this.places = places;
  }

  /**
   * Reads all sections of a file, in their order.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} that names section and key
   */
  public static List<ConfiguredDeltas> read(Path path, KeyPlaces places) throws IOException {
    KeyFile file = KeyFile.read(path);
    var all = new ArrayList<ConfiguredDeltas>();
    for (String group : file.groups()) {
      boolean known =
          group.startsWith(START)
              && group.endsWith(END)
              && group.length() > START.length() + END.length();
      if (!known) {
        throw new Failure(
            ErrorCode.CONFIG_INVALID,
            path + ": section [" + group + "] is not known",
            "Sections are named [deltas \"NAME\"].");
      }
      all.add(new DeltasFile(file, group, places).section());
    }
    if (all.isEmpty()) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          path + " describes no deltas",
          "Add a section [deltas \"NAME\"] with the key repo.");
    }
    return all;
  }

  private ConfiguredDeltas section() throws IOException {
    for (String key : file.keys(group)) {
      if (!KEYS.contains(key)) {
        throw new Failure(
            ErrorCode.CONFIG_INVALID,
            file.source() + ": deltas " + name + " has the key '" + key + "', which is not known",
            "See coppice-deltas(5) for the keys there are.");
      }
    }
    List<Signer> signers = signers();
    return new ConfiguredDeltas(
        name,
        Path.of(file.require(group, "repo")),
        policy(),
        list("access-logs").stream().map(Path::of).toList(),
        new DeltaPublishRequest.Form(
            GenerateRequest.Limits.STANDARD, filter(), deltaSigners(signers)),
        signers,
        span("check-interval").orElse(CHECK));
  }

  private DeltaPolicy policy() {
    int last = file.integer(group, "last").orElse(DeltaPolicy.DEFAULT_LAST);
    if (last < 0) {
      throw wrong("last", "" + last, "0 or more");
    }
    return new DeltaPolicy(
        RefSelection.parse(list("include"), list("exclude"), list("architectures")),
        last,
        file.bool(group, "from-scratch", false),
        list("channels").stream().map(DeltaPolicy.Channel::parse).toList(),
        budget(),
        span("grace").orElse(DeltaPolicy.DEFAULT_GRACE));
  }

  private OptionalLong budget() {
    Optional<String> text = file.string(group, "budget");
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong bytes = SizeText.bytes(text.get());
    if (bytes.isEmpty()) {
      throw wrong("budget", text.get(), SizeText.EXPECTED);
    }
    return bytes;
  }

  private ExecutableFilter filter() {
    return file.bool(group, "arm64-filter", false)
        ? ExecutableFilter.X86_AND_ARM64
        : GenerateRequest.Form.STANDARD.filter();
  }

  private List<Signer> signers() throws IOException {
    Optional<String> type = file.string(group, "sign-type");
    return new SigningKeys(
            type.map(SignatureType::named).orElse(SignatureType.ED25519),
            List.of(),
            list("sign-key-files").stream().map(Path::of).toList(),
            list("gpg-sign"),
            file.string(group, "gpg-homedir").map(Path::of))
        .signing(places, false)
        .summary();
  }

  /** There is no place for OpenPGP signatures in deltas. */
  private List<Signer> deltaSigners(List<Signer> all) {
    List<Signer> able = all.stream().filter(each -> each.type() != SignatureType.GPG).toList();
    boolean wanted = file.bool(group, "sign-deltas", false);
    if (wanted && able.isEmpty()) {
      throw wrong("sign-deltas", "true", "possible without sign-key-files");
    }
    return wanted ? able : List.of();
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
        file.source() + ": deltas " + name + ": " + key + "='" + value + "' is not " + expected,
        "See coppice-deltas(5).");
  }
}
