package dev.coppice.sign.openpgp;

import dev.coppice.sign.SignatureReport;
import dev.coppice.sign.SignatureStatus;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.SignatureVerdict;
import dev.coppice.sign.Verifier;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** Judges OpenPGP signatures by the keys of a keyring. */
public final class OpenPgpVerifier implements Verifier {
  private final Keyring keyring;
  private final InstantSource clock;
  private final SignatureText text;

  /** A verifier that trusts these keys. */
  public OpenPgpVerifier(Keyring keyring) {
    this(keyring, InstantSource.system(), ZoneId.systemDefault());
  }

  OpenPgpVerifier(Keyring keyring, InstantSource clock, ZoneId zone) {
    this.keyring = keyring;
    this.clock = clock;
    this.text = new SignatureText(zone);
  }

  @Override
  public SignatureType type() {
    return SignatureType.GPG;
  }

  /** A verdict for each signature packet; a blob may have several. */
  @Override
  public SignatureReport verify(byte[] data, List<byte[]> signatures) {
    List<SignatureVerdict> verdicts = new ArrayList<>();
    for (byte[] blob : signatures) {
      try {
        for (PGPSignature signature : Packets.signatures(blob)) {
          verdicts.add(judge(data, signature));
        }
      } catch (IOException e) {
        verdicts.add(
            new SignatureVerdict(
                type(),
                SignatureStatus.MALFORMED,
                "",
                "",
                Optional.empty(),
                List.of("Can't check signature: " + e.getMessage())));
      }
    }
    return new SignatureReport(verdicts, message(verdicts));
  }

  /** The newest signature first, as the real tool puts them into an error. */
  private static String message(List<SignatureVerdict> verdicts) {
    if (verdicts.isEmpty()) {
      return "No GPG signatures found";
    }
    List<String> lines = new ArrayList<>();
    verdicts.reversed().forEach(verdict -> lines.addAll(verdict.lines()));
    return String.join("\n", lines);
  }

  private SignatureVerdict judge(byte[] data, PGPSignature signature) {
    Facts facts = null;
    for (PGPPublicKeyRing ring : keyring.rings()) {
      PGPPublicKey key = ring.getPublicKey(signature.getKeyID());
      if (key != null) {
        Facts found = facts(data, signature, ring, key);
        // The same key may be in several files: a revocation in one of them counts, and one that
        // cannot be used must not hide a copy that can.
        if (facts == null
            || found.status() == SignatureStatus.REVOKED_KEY
            || (found.status() == SignatureStatus.GOOD
                && facts.status() != SignatureStatus.REVOKED_KEY)) {
          facts = found;
        }
      }
    }
    return facts == null ? text.unknown(signature) : text.verdict(signature, facts);
  }

  private Facts facts(
      byte[] data, PGPSignature signature, PGPPublicKeyRing ring, PGPPublicKey key) {
    KeyState state = KeyState.of(ring, key);
    Optional<Instant> end = expiry(signature);
    return new Facts(ring, key, state, end, status(data, signature, key, state));
  }

  private SignatureStatus status(
      byte[] data, PGPSignature signature, PGPPublicKey key, KeyState state) {
    Instant now = clock.instant();
    if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT
        || !fits(data, signature, key)) {
      return SignatureStatus.WRONG_DATA;
    }
    if (state.revoked()) {
      return SignatureStatus.REVOKED_KEY;
    }
    if (isWeak(signature.getHashAlgorithm())) {
      return SignatureStatus.WEAK_DIGEST;
    }
    boolean olderThanKey =
        signature.getCreationTime().toInstant().isBefore(key.getCreationTime().toInstant());
    if (!state.bound() || !state.signs() || olderThanKey) {
      return SignatureStatus.UNUSABLE_KEY;
    }
    if (state.expired(now)) {
      return SignatureStatus.EXPIRED_KEY;
    }
    boolean expired = expiry(signature).filter(end -> !now.isBefore(end)).isPresent();
    return expired ? SignatureStatus.EXPIRED_SIGNATURE : SignatureStatus.GOOD;
  }

  private static boolean fits(byte[] data, PGPSignature signature, PGPPublicKey key) {
    return Packets.holds(
        () -> {
          signature.init(new BcPGPContentVerifierBuilderProvider(), key);
          signature.update(data);
          return signature.verify();
        });
  }

  private static boolean isWeak(int digest) {
    return digest == HashAlgorithmTags.MD5
        || digest == HashAlgorithmTags.SHA1
        || digest == HashAlgorithmTags.RIPEMD160
        || digest == HashAlgorithmTags.MD2;
  }

  private static Optional<Instant> expiry(PGPSignature signature) {
    var hashed = signature.getHashedSubPackets();
    long seconds = hashed == null ? 0 : hashed.getSignatureExpirationTime();
    return seconds == 0
        ? Optional.empty()
        : Optional.of(signature.getCreationTime().toInstant().plusSeconds(seconds));
  }

  /** What is known of a signature whose key is known. */
  record Facts(
      PGPPublicKeyRing ring,
      PGPPublicKey key,
      KeyState state,
      Optional<Instant> expiry,
      SignatureStatus status) {}
}
