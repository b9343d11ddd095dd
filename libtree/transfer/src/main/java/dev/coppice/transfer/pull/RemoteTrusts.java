package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Remotes;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.SignatureStatus;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.SignatureVerdict;
import dev.coppice.sign.trust.TrustPolicy;
import dev.coppice.transfer.delta.SignedSuperblock;
import dev.coppice.transfer.remote.SummaryTrust;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The signatures that a remote's configuration demands, in the two forms that a pull needs:
 *
 * <pre>{@code
 * var trusts = RemoteTrusts.of(remotes, name);
 * var access = RemoteAccess.open(repo, remotes, name, overrides, trusts.summary());
 * try (var origin = new RemoteOrigin(access, trusts.commits())) { ... }
 * }</pre>
 *
 * <p>Make it before anything is fetched: a key that is demanded and not there is found here. What
 * is demanded is decided then; keyrings are read when they are first needed. Source: {@code
 * ostree_repo_pull_with_options}, {@code _signapi_init_for_remote}.
 */
public final class RemoteTrusts {
  private final TrustPolicy policy;

  private RemoteTrusts(TrustPolicy policy) {
    this.policy = policy;
  }

  /**
   * What the configuration of a remote demands: {@code gpg-verify}, which counts as true where it
   * is not set, {@code gpg-verify-summary}, {@code sign-verify} and {@code sign-verify-summary}.
   *
   * @param remote its name; a {@code file://} URL in its place demands nothing
   * @throws dev.coppice.core.failure.Failure when there is no such remote, its configuration cannot
   *     be understood, or a key that it demands is not there
   */
  public static RemoteTrusts of(Remotes remotes, String remote) throws IOException {
    return of(remotes, remote, KeyPlaces.system());
  }

  /** As {@link #of(Remotes, String)}, with keys of the system found elsewhere. */
  public static RemoteTrusts of(Remotes remotes, String remote, KeyPlaces places)
      throws IOException {
    return new RemoteTrusts(TrustPolicy.ofRemote(remotes, remote, places));
  }

  /**
   * What is demanded of commits that somebody offers who is not known: an OpenPGP signature by a
   * key of the remote, whatever {@code gpg-verify} says, and what {@code sign-verify} says. What a
   * stranger's summary says counts for nothing, so that no signature of it is demanded.
   */
  public static RemoteTrusts ofStranger(Remotes remotes, String remote) throws IOException {
    return new RemoteTrusts(TrustPolicy.ofStranger(remotes, remote, KeyPlaces.system()));
  }

  /**
   * OpenPGP signatures of commits and of the summary by keys of a remote, whatever its
   * configuration says: {@code --gpg-verify} and {@code --gpg-verify-summary}.
   */
  public static RemoteTrusts ofKeyring(Remotes remotes, String remote) {
    return new RemoteTrusts(TrustPolicy.ofKeyring(remotes, remote, KeyPlaces.system()));
  }

  /** What commits must have: for {@link RemoteOrigin} and {@link LocalOrigin}. */
  public Trust commits() {
    if (!policy.checksCommits()) {
      return Trust.ANYBODY;
    }
    return new Trust() {
      @Override
      public List<String> verify(Checksum commit, byte[] bytes, Optional<byte[]> detached)
          throws IOException {
        return verifyCommit(commit, bytes, detached);
      }

      @Override
      public boolean verifyDelta(SignedSuperblock delta) throws IOException {
        if (!policy.checksDeltas()) {
          return false;
        }
        policy.verifyDelta(delta.superblock().asBytes(), delta.signatures().serialized());
        return true;
      }
    };
  }

  private List<String> verifyCommit(Checksum commit, byte[] bytes, Optional<byte[]> detached)
      throws IOException {
    return lines(policy.verifyCommit(commit, bytes, detached).verdicts());
  }

  /** As the real tool shows them on a terminal. Source: {@code ostree_print_gpg_verify_result}. */
  private static List<String> lines(List<SignatureVerdict> verdicts) {
    List<String> lines = new ArrayList<>();
    List<SignatureVerdict> openPgp =
        verdicts.stream().filter(verdict -> verdict.type() == SignatureType.GPG).toList();
    if (!openPgp.isEmpty()) {
      int count = openPgp.size();
      lines.add(
          "GPG: Verification enabled, found " + count + " signature" + (count == 1 ? ":" : "s:"));
    }
    for (SignatureVerdict verdict : openPgp) {
      lines.add("");
      verdict.lines().forEach(line -> lines.add("  " + line));
    }
    for (SignatureVerdict verdict : verdicts) {
      if (verdict.type() != SignatureType.GPG && verdict.status() == SignatureStatus.GOOD) {
        lines.add(
            verdict.type().id()
                + ": Signature verified successfully with key '"
                + verdict.key()
                + "'");
      }
    }
    return lines;
  }

  /** What the summary must have: for {@link dev.coppice.transfer.remote.RemoteAccess}. */
  public SummaryTrust summary() {
    if (!policy.checksSummary()) {
      return SummaryTrust.ANYBODY;
    }
    return new SummaryTrust() {
      @Override
      public boolean demanded() {
        return true;
      }

      @Override
      public void verify(Optional<byte[]> summary, Optional<byte[]> signatures) throws IOException {
        policy.verifySummary(summary.orElseThrow(policy::summaryMissing), signatures);
      }
    };
  }
}
