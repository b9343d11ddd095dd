package dev.coppice.sign.trust;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Remotes;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.SignatureReport;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import dev.coppice.sign.Verifier;
import dev.coppice.sign.openpgp.OpenPgpVerifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which signatures are demanded of commits and of the summary. Where OpenPGP and other types are
 * asked for, one good signature of OpenPGP and one of any other type must be there.
 */
public final class TrustPolicy {
  private final Demand commits;
  private final Demand summary;

  private TrustPolicy(Demand commits, Demand summary) {
    this.commits = commits;
    this.summary = summary;
  }

  /**
   * What is demanded of one kind of thing.
   *
   * @param openPgp the verifier of OpenPGP signatures, which is made when it is first needed
   * @param others verifiers of which one must accept a signature; empty where none are asked for
   */
  record Demand(Optional<OpenPgpSource> openPgp, List<Verifier> others) {
    static final Demand NOTHING = new Demand(Optional.empty(), List.of());

    /** A history of a thousand commits is verified with keys that are read once. */
    Demand {
      openPgp = openPgp.map(OpenedOnce::new);
    }

    boolean checks() {
      return openPgp.isPresent() || !others.isEmpty();
    }
  }

  /** Reads keyrings when they are needed. */
  @FunctionalInterface
  interface OpenPgpSource {
    Verifier open() throws IOException;
  }

  /** A verifier that is made by whoever needs it first. */
  private static final class OpenedOnce implements OpenPgpSource {
    private final OpenPgpSource source;
    private @Nullable Verifier verifier;

    OpenedOnce(OpenPgpSource source) {
      this.source = source;
    }

    @Override
    public synchronized Verifier open() throws IOException {
      if (verifier == null) {
        verifier = source.open();
      }
      return verifier;
    }
  }

  /** Demands nothing. */
  public static TrustPolicy none() {
    return new TrustPolicy(Demand.NOTHING, Demand.NOTHING);
  }

  /**
   * What a remote's configuration demands; a {@code file://} URL in place of a name demands
   * nothing.
   *
   * @param places where the keys of the system are
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} when there is no such remote, or a value
   *     cannot be understood, with {@link ErrorCode#KEY_INVALID} when a key that is demanded is not
   *     there
   */
  public static TrustPolicy ofRemote(Remotes remotes, String remote, KeyPlaces places)
      throws IOException {
    if (remote.startsWith("file://")) {
      return none();
    }
    var config = new RemoteTrust(remotes, remote, places);
    return new TrustPolicy(
        new Demand(config.openPgp("gpg-verify", true), config.verifiers("sign-verify")),
        new Demand(
            config.openPgp("gpg-verify-summary", false), config.verifiers("sign-verify-summary")));
  }

  /**
   * Demands OpenPGP signatures of commits and of the summary by keys of a remote, whatever its
   * configuration says, and no others.
   */
  public static TrustPolicy ofKeyring(Remotes remotes, String remote, KeyPlaces places) {
    var config = new RemoteTrust(remotes, remote, places);
    var demand = new Demand(Optional.of(() -> new OpenPgpVerifier(config.keyring())), List.of());
    return new TrustPolicy(demand, demand);
  }

  /**
   * Demands of commits an OpenPGP signature by a key of a remote, and what else its configuration
   * demands of them; nothing of the summary.
   */
  public static TrustPolicy ofStranger(Remotes remotes, String remote, KeyPlaces places)
      throws IOException {
    var config = new RemoteTrust(remotes, remote, places);
    Optional<OpenPgpSource> openPgp = Optional.of(() -> new OpenPgpVerifier(config.keyring()));
    return new TrustPolicy(new Demand(openPgp, config.verifiers("sign-verify")), Demand.NOTHING);
  }

  /** Whether signatures of commits are demanded. */
  public boolean checksCommits() {
    return commits.checks();
  }

  /** Whether signatures of the summary are demanded. */
  public boolean checksSummary() {
    return summary.checks();
  }

  /**
   * Verifies the signatures of a commit.
   *
   * @param detached the detached metadata
   * @return what is known of them; empty where none are demanded
   * @throws Failure with a code of signatures when they are not as demanded
   */
  public SignatureReport verifyCommit(Checksum commit, byte[] bytes, Optional<byte[]> detached)
      throws IOException {
    SignatureReport report = SignatureReport.NONE;
    Signatures signatures = Signatures.parse(detached);
    if (commits.openPgp().isPresent()) {
      try {
        report = report.and(openPgp(commits, bytes, signatures).requireAccepted());
      } catch (Failure e) {
        throw prefixed("Commit " + commit + ": ", e);
      }
    }
    if (!commits.others().isEmpty()) {
      if (detached.isEmpty()) {
        throw new Failure(
            ErrorCode.SIGNATURE_MISSING,
            "Can't verify commit without detached metadata",
            "Commit " + commit + " is not signed: ask its publisher to sign it");
      }
      try {
        report = report.and(others(commits, bytes, signatures));
      } catch (Failure e) {
        throw prefixed("Can't verify commit: ", e);
      }
    }
    return report;
  }

  /**
   * Verifies the signatures of a summary.
   *
   * @param detached the content of {@code summary.sig}
   * @return what is known of them; empty where none are demanded
   * @throws Failure with a code of signatures when they are not as demanded
   */
  public SignatureReport verifySummary(byte[] bytes, Optional<byte[]> detached) throws IOException {
    if (!checksSummary()) {
      return SignatureReport.NONE;
    }
    if (detached.isEmpty()) {
      throw missing(summary.openPgp().isPresent(), "summary.sig");
    }
    SignatureReport report = SignatureReport.NONE;
    Signatures signatures = Signatures.parse(detached);
    if (summary.openPgp().isPresent()) {
      report = report.and(openPgp(summary, bytes, signatures).requireAccepted());
    }
    if (!summary.others().isEmpty()) {
      try {
        report = report.and(others(summary, bytes, signatures));
      } catch (Failure e) {
        throw prefixed("Can't verify summary: ", e);
      }
    }
    return report;
  }

  /** Whether there are keys to verify static deltas by: those for commits, without OpenPGP's. */
  public boolean checksDeltas() {
    return !commits.others().isEmpty();
  }

  /**
   * Verifies the signatures of a static delta by the keys for commits.
   *
   * @param superblock the bytes that are signed
   * @param signatures an {@code a{sv}}
   * @throws Failure with a code of signatures when no key that counts made any of them
   */
  public SignatureReport verifyDelta(byte[] superblock, byte[] signatures) throws IOException {
    try {
      return others(commits, superblock, Signatures.parse(signatures));
    } catch (Failure e) {
      throw prefixed("Can't verify static delta: ", e);
    }
  }

  /** The failure when there is no summary to verify. */
  public Failure summaryMissing() {
    // Of a summary that other types are demanded for, the real tool misses the signature first.
    boolean openPgp = summary.openPgp().isPresent();
    return missing(openPgp, openPgp ? "summary" : "summary.sig");
  }

  private static Failure missing(boolean openPgp, String file) {
    return new Failure(
        ErrorCode.SIGNATURE_MISSING,
        (openPgp ? "GPG" : "Signatures")
            + " verification enabled, but no "
            + file
            + " found (use "
            + (openPgp ? "gpg" : "sign")
            + "-verify-summary=false in remote config to disable)",
        "Ask the publisher to make a summary and to sign it");
  }

  private static SignatureReport openPgp(Demand demand, byte[] bytes, Signatures signatures)
      throws IOException {
    if (!signatures.has(SignatureType.GPG)) {
      throw new Failure(
          ErrorCode.SIGNATURE_MISSING,
          "GPG verification enabled, but no signatures found (use gpg-verify=false in remote"
              + " config to disable)",
          "It has no OpenPGP signature: ask its publisher to sign it");
    }
    Verifier verifier = demand.openPgp().orElseThrow().open();
    return verifier.verify(bytes, signatures.of(SignatureType.GPG));
  }

  /** The report of the first verifier that accepts a signature. */
  private static SignatureReport others(Demand demand, byte[] bytes, Signatures signatures)
      throws IOException {
    List<Failure> failures = new ArrayList<>();
    for (Verifier verifier : demand.others()) {
      if (signatures.has(verifier.type())) {
        try {
          return verifier.verify(bytes, signatures.of(verifier.type())).requireAccepted();
        } catch (Failure e) {
          failures.add(e);
        }
      }
    }
    if (failures.isEmpty()) {
      throw new Failure(
          ErrorCode.SIGNATURE_MISSING,
          "No signatures found",
          "It has no signature of a type that is trusted: ask its publisher to sign it");
    }
    int more = failures.size() - 1;
    String prefix = more == 0 ? "" : "(" + more + " other invalid signatures): ";
    throw prefixed(prefix, failures.getFirst());
  }

  private static Failure prefixed(String prefix, Failure e) {
    return new Failure(e.code(), prefix + e.getMessage(), e.nextStep(), e);
  }
}
