package dev.coppice.sign.openpgp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/**
 * A public key as it is listed: the primary key, whose user ids say whose it is, and its subkeys.
 *
 * @param parts the primary key first, then the subkeys; at least one
 * @param userIds the main one first
 */
public record OpenPgpKey(List<Part> parts, List<UserId> userIds) {
  public OpenPgpKey {
    parts = List.copyOf(parts);
    userIds = List.copyOf(userIds);
  }

  /**
   * A primary key or subkey.
   *
   * @param fingerprint in upper-case hexadecimal
   * @param expires when it expires or did
   * @param expired whether it has
   * @param revoked whether its owner took it back
   * @param invalid whether its owner never signed that it is one of these keys
   */
  public record Part(
      String fingerprint,
      Instant created,
      Optional<Instant> expires,
      boolean expired,
      boolean revoked,
      boolean invalid) {}

  /** The primary key. */
  public Part primary() {
    return parts.getFirst();
  }

  static OpenPgpKey of(PGPPublicKeyRing ring, Instant now) {
    List<Part> parts = new ArrayList<>();
    for (PGPPublicKey key : ring) {
      KeyState state = KeyState.of(ring, key);
      parts.add(
          new Part(
              SignatureText.fingerprint(key),
              key.getCreationTime().toInstant(),
              state.expiry(),
              KeyState.isOver(state.expiry(), now),
              state.revoked(),
              !state.bound()));
    }
    var self = new SelfSignatures(ring.getPublicKey());
    String main = self.mainUserId().map(SelfSignatures.Claim::userId).orElse("");
    List<UserId> userIds = new ArrayList<>();
    boolean gone = parts.getFirst().revoked();
    for (SelfSignatures.Claim claim : self.userIds()) {
      UserId id =
          UserId.of(claim.userId())
              .withState(gone || claim.revoked(), claim.signature().isEmpty() && !claim.revoked());
      userIds.add(claim.userId().equals(main) ? 0 : userIds.size(), id);
    }
    return new OpenPgpKey(parts, userIds);
  }
}
