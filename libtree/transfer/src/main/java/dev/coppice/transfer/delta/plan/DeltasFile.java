package dev.coppice.transfer.delta.plan;

import dev.coppice.core.config.NamedSection;
import dev.coppice.core.config.SizeText;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.LocalPath;
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

  private static final NamedSection.Form FORM =
      new NamedSection.Form(
          "deltas",
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
              "check-interval"),
          "the key repo",
          "coppice-deltas(5)");

  private final NamedSection section;
  private final KeyPlaces places;

  private DeltasFile(NamedSection section, KeyPlaces places) {
    this.section = section;
    this.places = places;
  }

  /**
   * Reads all sections of a file, in their order.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} that names section and key
   */
  public static List<ConfiguredDeltas> read(Path path, KeyPlaces places) throws IOException {
    var all = new ArrayList<ConfiguredDeltas>();
    for (NamedSection section : NamedSection.read(path, FORM)) {
      all.add(new DeltasFile(section, places).section());
    }
    return all;
  }

  private ConfiguredDeltas section() throws IOException {
    List<Signer> signers = signers();
    return new ConfiguredDeltas(
        section.name(),
        LocalPath.parse(section.require("repo")),
        policy(),
        section.list("access-logs").stream().map(LocalPath::parse).toList(),
        new DeltaPublishRequest.Form(
            GenerateRequest.Limits.STANDARD, filter(), deltaSigners(signers)),
        signers,
        section.span("check-interval").orElse(CHECK));
  }

  private DeltaPolicy policy() {
    int last = section.integer("last").orElse(DeltaPolicy.DEFAULT_LAST);
    if (last < 0) {
      throw section.wrong("last", "" + last, "0 or more");
    }
    return new DeltaPolicy(
        RefSelection.parse(
            section.list("include"), section.list("exclude"), section.list("architectures")),
        last,
        section.bool("from-scratch", false),
        section.list("channels").stream().map(DeltaPolicy.Channel::parse).toList(),
        budget(),
        section.span("grace").orElse(DeltaPolicy.DEFAULT_GRACE));
  }

  private OptionalLong budget() {
    Optional<String> text = section.string("budget");
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong bytes = SizeText.bytes(text.get());
    if (bytes.isEmpty()) {
      throw section.wrong("budget", text.get(), SizeText.EXPECTED);
    }
    return bytes;
  }

  private ExecutableFilter filter() {
    return section.bool("arm64-filter", false)
        ? ExecutableFilter.X86_AND_ARM64
        : GenerateRequest.Form.STANDARD.filter();
  }

  private List<Signer> signers() throws IOException {
    return SigningKeys.configured(section).signing(places, false).summary();
  }

  /** There is no place for OpenPGP signatures in deltas. */
  private List<Signer> deltaSigners(List<Signer> all) {
    List<Signer> able = all.stream().filter(each -> each.type() != SignatureType.GPG).toList();
    boolean wanted = section.bool("sign-deltas", false);
    if (wanted && able.isEmpty()) {
      throw section.wrong("sign-deltas", "true", "possible without sign-key-files");
    }
    return wanted ? able : List.of();
  }
}
