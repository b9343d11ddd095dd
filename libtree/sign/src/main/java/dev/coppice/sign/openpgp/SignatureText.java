package dev.coppice.sign.openpgp;

import dev.coppice.core.time.LocalDateText;
import dev.coppice.sign.SignatureStatus;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.SignatureVerdict;
import dev.coppice.sign.openpgp.OpenPgpVerifier.Facts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;

/** Verdicts in the lines that the real tool prints. Source: {@code describe_variant}. */
record SignatureText(ZoneId zone) {
  /** The verdict on a signature of a key that is not in the keyring. */
  SignatureVerdict unknown(PGPSignature signature) {
    String key = "%016X".formatted(signature.getKeyID());
    List<String> lines =
        List.of(made(signature, key), "Can't check signature: public key not found");
    Optional<Instant> time = Optional.of(signature.getCreationTime().toInstant());
    return new SignatureVerdict(
        SignatureType.GPG, SignatureStatus.UNKNOWN_KEY, key, "", time, lines);
  }

  /** The verdict on a signature of a known key. */
  SignatureVerdict verdict(PGPSignature signature, Facts facts) {
    PGPPublicKey primary = facts.ring().getPublicKey();
    boolean subkey = !facts.key().isMasterKey();
    String user = UserId.of(facts.state().userId()).quoted();
    List<String> lines = new ArrayList<>();
    lines.add(made(signature, keyId(facts.key())));
    lines.add(
        switch (facts.status()) {
          case GOOD -> "Good signature from " + user;
          case REVOKED_KEY -> "Key revoked";
          case EXPIRED_SIGNATURE -> "Expired signature from " + user;
          case UNKNOWN_KEY, EXPIRED_KEY, WRONG_DATA, UNUSABLE_KEY, WEAK_DIGEST, MALFORMED ->
              "BAD signature from " + user;
        });
    if (subkey) {
      lines.add("Primary key ID " + keyId(primary));
    }
    boolean signatureExpired = facts.status() == SignatureStatus.EXPIRED_SIGNATURE;
    boolean keyExpired = facts.status() == SignatureStatus.EXPIRED_KEY;
    facts.expiry().ifPresent(end -> lines.add(expiry("Signature", end, signatureExpired)));
    facts.state().expiry().ifPresent(end -> lines.add(expiry("Key", end, keyExpired)));
    if (subkey) {
      facts
          .state()
          .primaryExpiry()
          .ifPresent(end -> lines.add(expiry("Primary key", end, keyExpired)));
    }
    return new SignatureVerdict(
        SignatureType.GPG,
        facts.status(),
        fingerprint(facts.key()),
        facts.state().userId(),
        Optional.of(signature.getCreationTime().toInstant()),
        lines);
  }

  private String made(PGPSignature signature, String keyId) {
    return "Signature made "
        + date(signature.getCreationTime().toInstant())
        + " using "
        + algorithm(signature.getKeyAlgorithm())
        + " key ID "
        + keyId;
  }

  private String expiry(String what, Instant end, boolean expired) {
    return what + (expired ? " expired " : " expires ") + date(end);
  }

  private String date(Instant instant) {
    return LocalDateText.of(instant, zone);
  }

  /** The upper-case fingerprint. */
  static String fingerprint(PGPPublicKey key) {
    return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
  }

  /** The last 16 digits of the fingerprint. */
  static String keyId(PGPPublicKey key) {
    String fingerprint = fingerprint(key);
    return fingerprint.substring(Math.max(0, fingerprint.length() - 16));
  }

  @SuppressWarnings("deprecation") // Old keys have the algorithm that signs only.
  private static String algorithm(int tag) {
    return switch (tag) {
      case PublicKeyAlgorithmTags.RSA_GENERAL, PublicKeyAlgorithmTags.RSA_SIGN -> "RSA";
      case PublicKeyAlgorithmTags.DSA -> "DSA";
      case PublicKeyAlgorithmTags.ECDSA -> "ECDSA";
      case PublicKeyAlgorithmTags.EDDSA_LEGACY,
          PublicKeyAlgorithmTags.Ed25519,
          PublicKeyAlgorithmTags.Ed448 ->
          "EdDSA";
      default -> "[unknown name]";
    };
  }
}
