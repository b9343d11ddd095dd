package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What is done to the source, and what comes of it. */
enum SignatureAttack {
  UNKNOWN_KEY(SignedSource.COMMITS, ErrorCode.SIGNATURE_KEY_UNKNOWN, "public key not found") {
    @Override
    void tamper(SignedSource source) {
      source.commit("main", "evil", source.by(source.gpg.key("Mallory <mallory@example.org>")));
      source.summary(source.byAlice());
    }
  },
  EXPIRED_KEY(SignedSource.COMMITS, ErrorCode.SIGNATURE_EXPIRED, "Key expired") {
    @Override
    void tamper(SignedSource source) {
      source.aliceExpires();
    }
  },
  REVOKED_KEY(SignedSource.COMMITS, ErrorCode.SIGNATURE_KEY_REVOKED, "Key revoked") {
    @Override
    void tamper(SignedSource source) {
      source.aliceIsRevoked();
    }
  },
  SWAPPED_SIGNATURES(
      SignedSource.COMMITS,
      ErrorCode.SIGNATURE_INVALID,
      "BAD signature from \"Alice <alice@example.org>\"") {
    @Override
    void tamper(SignedSource source) throws IOException {
      source.swapSignatures("other", "main");
    }
  },
  MISSING_SIGNATURE(
      SignedSource.COMMITS,
      ErrorCode.SIGNATURE_MISSING,
      "GPG verification enabled, but no signatures found") {
    @Override
    void tamper(SignedSource source) throws IOException {
      Files.delete(source.signatures("main"));
    }
  },
  DAMAGED_SIGNATURES(SignedSource.COMMITS, ErrorCode.SIGNATURE_INVALID, "") {
    @Override
    void tamper(SignedSource source) throws IOException {
      Files.writeString(source.signatures("main"), "<html>moved</html>");
    }
  },
  OTHER_COMMIT_UNDER_THE_NAME(SignedSource.COMMITS, ErrorCode.OBJECT_CORRUPT, "") {
    @Override
    void tamper(SignedSource source) throws IOException {
      Path main = source.object(source.head("main"), "commit");
      Files.delete(main);
      Files.copy(source.object(source.head("other"), "commit"), main);
      source.swapSignatures("other", "main");
    }
  },
  SIGNED_FOR_ANOTHER_REF(SignedSource.COMMITS, ErrorCode.BINDING_MISMATCH, "") {
    @Override
    void tamper(SignedSource source) throws IOException {
      Files.copy(
          source.path.resolve("refs/heads/other"),
          source.path.resolve("refs/heads/main"),
          StandardCopyOption.REPLACE_EXISTING);
      source.summary(source.byAlice());
    }
  },
  SUMMARY_BY_UNKNOWN_KEY(
      SignedSource.SUMMARIES, ErrorCode.SIGNATURE_KEY_UNKNOWN, "public key not found") {
    @Override
    void tamper(SignedSource source) {
      source.summary(source.by(source.gpg.key("Mallory <mallory@example.org>")));
    }
  },
  SUMMARY_UNSIGNED(
      SignedSource.SUMMARIES,
      ErrorCode.SIGNATURE_MISSING,
      "GPG verification enabled, but no summary.sig found (use gpg-verify-summary=false in remote"
          + " config to disable)") {
    @Override
    void tamper(SignedSource source) {
      source.summary();
    }
  },
  SUMMARY_MISSING(
      SignedSource.SUMMARIES,
      ErrorCode.SIGNATURE_MISSING,
      "GPG verification enabled, but no summary found (use gpg-verify-summary=false in remote"
          + " config to disable)") {
    @Override
    void tamper(SignedSource source) throws IOException {
      Files.delete(source.path.resolve("summary"));
      Files.delete(source.path.resolve("summary.sig"));
    }
  },
  SUMMARY_WITH_SIGNATURE_OF_ANOTHER(
      SignedSource.SUMMARIES, ErrorCode.SIGNATURE_INVALID, "BAD signature") {
    @Override
    void tamper(SignedSource source) throws IOException {
      Path kept = source.keepSummary();
      source.commit("main", "second", source.byAlice());
      source.summary(source.byAlice());
      Files.delete(source.path.resolve("summary.sig"));
      Files.copy(kept.resolve("summary.sig"), source.path.resolve("summary.sig"));
    }
  },
  ED25519_UNSIGNED("sign-verify=true\n", ErrorCode.SIGNATURE_MISSING, "No signatures found") {
    @Override
    void tamper(SignedSource source) {
      // Alice's OpenPGP signature does not count here.
    }
  },
  ED25519_NO_METADATA(
      "sign-verify=true\n",
      ErrorCode.SIGNATURE_MISSING,
      "Can't verify commit without detached metadata") {
    @Override
    void tamper(SignedSource source) throws IOException {
      Files.delete(source.signatures("main"));
    }
  },
  ED25519_OTHER_KEY(
      "sign-verify=ed25519\n", ErrorCode.SIGNATURE_INVALID, "Signature couldn't be verified") {
    @Override
    void tamper(SignedSource source) throws IOException {
      source.sign("main", SignedSource.KeyPair.generate());
    }
  },
  ED25519_SUMMARY_UNSIGNED(
      "sign-verify-summary=true\n",
      ErrorCode.SIGNATURE_MISSING,
      "Signatures verification enabled, but no summary.sig found (use sign-verify-summary=false"
          + " in remote config to disable)") {
    @Override
    void tamper(SignedSource source) {
      source.summary();
    }
  },
  ED25519_BESIDE_GPG(
      SignedSource.COMMITS + "sign-verify=true\n",
      ErrorCode.SIGNATURE_MISSING,
      "No signatures found") {
    @Override
    void tamper(SignedSource source) {
      // Signed by Alice, but not with the Ed25519 key.
    }
  };

  final ErrorCode code;
  final String words;
  private final String settings;

  SignatureAttack(String settings, ErrorCode code, String words) {
    this.settings = settings;
    this.code = code;
    this.words = words;
  }

  abstract void tamper(SignedSource source) throws IOException;

  /** The settings of the client; what does not say otherwise demands no OpenPGP signatures. */
  String settings(SignedSource source) {
    String gpg = settings.contains("gpg-verify=") ? "" : "gpg-verify=false\n";
    return gpg + settings + "verification-ed25519-key=" + source.ed25519.open() + "\n";
  }
}
