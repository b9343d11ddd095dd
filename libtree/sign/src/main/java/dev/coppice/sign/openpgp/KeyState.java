package dev.coppice.sign.openpgp;

import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;

/**
 * What a key may be used for, as its primary key has signed it.
 *
 * @param bound whether it belongs to its primary key: self-signed, or bound to it from both sides
 * @param revoked whether it or its primary key is revoked
 * @param expiry when it expires, without regard to its primary key
 * @param primaryExpiry when its primary key expires
 * @param signs whether it may sign data
 * @param userId the main user id of the primary key, or empty
 */
record KeyState(
    boolean bound,
    boolean revoked,
    Optional<Instant> expiry,
    Optional<Instant> primaryExpiry,
    boolean signs,
    String userId) {

  /** The state of a key of a ring. */
  static KeyState of(PGPPublicKeyRing ring, PGPPublicKey key) {
    PGPPublicKey primary = ring.getPublicKey();
    var self = new SelfSignatures(primary);
    Optional<PGPSignature> about = self.about();
    Optional<Instant> primaryExpiry = about.flatMap(newest -> expiry(primary, newest));
    boolean primaryRevoked = self.revokes(primary);
    String userId = self.mainUserId().map(SelfSignatures.Claim::userId).orElse("");
    if (key.isMasterKey()) {
      boolean signs = about.isEmpty() || maySign(about.get());
      return new KeyState(
          about.isPresent(), primaryRevoked, primaryExpiry, primaryExpiry, signs, userId);
    }
    Optional<PGPSignature> binding = self.binding(key);
    boolean signs = binding.filter(b -> maySign(b) && self.isSignedBack(key, b)).isPresent();
    return new KeyState(
        about.isPresent() && binding.isPresent(),
        primaryRevoked || self.revokes(key),
        binding.flatMap(newest -> expiry(key, newest)),
        primaryExpiry,
        signs,
        userId);
  }

  /** Whether it has expired, itself or by its primary key. */
  boolean expired(Instant now) {
    return isOver(expiry, now) || isOver(primaryExpiry, now);
  }

  /** Whether an end is there and has come. */
  static boolean isOver(Optional<Instant> end, Instant now) {
    return end.filter(instant -> !now.isBefore(instant)).isPresent();
  }

  private static Optional<Instant> expiry(PGPPublicKey key, PGPSignature self) {
    PGPSignatureSubpacketVector hashed = self.getHashedSubPackets();
    long seconds = hashed == null ? 0 : hashed.getKeyExpirationTime();
    return seconds == 0
        ? Optional.empty()
        : Optional.of(key.getCreationTime().toInstant().plusSeconds(seconds));
  }

  /** Where no use is named, every use is allowed. */
  private static boolean maySign(PGPSignature self) {
    PGPSignatureSubpacketVector hashed = self.getHashedSubPackets();
    int flags = hashed == null ? 0 : hashed.getKeyFlags();
    return flags == 0 || (flags & KeyFlags.SIGN_DATA) != 0;
  }
}
