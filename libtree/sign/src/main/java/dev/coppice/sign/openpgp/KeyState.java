package dev.coppice.sign.openpgp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.jspecify.annotations.Nullable;

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
    return new Reader(ring.getPublicKey()).state(key);
  }

  /** Whether it has expired, itself or by its primary key. */
  boolean expired(Instant now) {
    return expiry.filter(end -> !now.isBefore(end)).isPresent()
        || primaryExpiry.filter(end -> !now.isBefore(end)).isPresent();
  }

  /** Verifies what a primary key signed about itself and its subkeys. */
  private record Reader(PGPPublicKey primary) {
    private static final BcPGPContentVerifierBuilderProvider PROVIDER =
        new BcPGPContentVerifierBuilderProvider();
    private static final Comparator<PGPSignature> AGE =
        Comparator.comparing(PGPSignature::getCreationTime);

    KeyState state(PGPPublicKey key) {
      Optional<Named> named = mainUserId();
      Optional<PGPSignature> about =
          Stream.concat(direct().stream(), named.map(Named::signature).stream()).max(AGE);
      boolean primaryRevoked = revoked(primary, PGPSignature.KEY_REVOCATION);
      Optional<Instant> primaryExpiry = about.flatMap(self -> expiry(primary, self));
      String userId = named.map(Named::userId).orElse("");
      if (key.isMasterKey()) {
        boolean signs = about.isEmpty() || maySign(about.get());
        return new KeyState(
            about.isPresent(), primaryRevoked, primaryExpiry, primaryExpiry, signs, userId);
      }
      Optional<PGPSignature> binding = binding(key);
      boolean signs = binding.isPresent() && maySign(binding.get()) && signedBack(key, binding);
      return new KeyState(
          about.isPresent() && binding.isPresent(),
          primaryRevoked || revoked(key, PGPSignature.SUBKEY_REVOCATION),
          binding.flatMap(self -> expiry(key, self)),
          primaryExpiry,
          signs,
          userId);
    }

    /** A user id and the newest signature by which the key claims it. */
    private record Named(String userId, PGPSignature signature) {
      boolean main() {
        PGPSignatureSubpacketVector hashed = signature.getHashedSubPackets();
        return hashed != null && hashed.isPrimaryUserID();
      }
    }

    private Optional<Named> mainUserId() {
      List<Named> all = new ArrayList<>();
      for (Iterator<String> ids = primary.getUserIDs(); ids.hasNext(); ) {
        String id = ids.next();
        selfSignature(id).ifPresent(signature -> all.add(new Named(id, signature)));
      }
      return all.stream()
          .max(Comparator.comparing(Named::main).thenComparing(Named::signature, AGE));
    }

    private Optional<PGPSignature> selfSignature(String userId) {
      List<PGPSignature> claims = new ArrayList<>();
      List<PGPSignature> withdrawals = new ArrayList<>();
      Iterator<PGPSignature> signatures = primary.getSignaturesForID(userId);
      while (signatures != null && signatures.hasNext()) {
        PGPSignature signature = signatures.next();
        if (byPrimary(signature, s -> s.verifyCertification(userId, primary))) {
          switch (signature.getSignatureType()) {
            case PGPSignature.DEFAULT_CERTIFICATION,
                PGPSignature.NO_CERTIFICATION,
                PGPSignature.CASUAL_CERTIFICATION,
                PGPSignature.POSITIVE_CERTIFICATION ->
                claims.add(signature);
            case PGPSignature.CERTIFICATION_REVOCATION -> withdrawals.add(signature);
            default -> {
              // Signatures of other kinds say nothing about a user id.
            }
          }
        }
      }
      Optional<PGPSignature> claim = claims.stream().max(AGE);
      Optional<PGPSignature> withdrawal = withdrawals.stream().max(AGE);
      return claim.filter(c -> withdrawal.isEmpty() || AGE.compare(withdrawal.get(), c) < 0);
    }

    private List<PGPSignature> direct() {
      return verified(primary, PGPSignature.DIRECT_KEY, s -> s.verifyCertification(primary));
    }

    private Optional<PGPSignature> binding(PGPPublicKey key) {
      return verified(key, PGPSignature.SUBKEY_BINDING, s -> s.verifyCertification(primary, key))
          .stream()
          .max(AGE);
    }

    private boolean revoked(PGPPublicKey key, int type) {
      Test test =
          key.isMasterKey()
              ? s -> s.verifyCertification(primary)
              : s -> s.verifyCertification(primary, key);
      return !verified(key, type, test).isEmpty();
    }

    /** A subkey that signs must itself say that it belongs to this primary key. */
    private boolean signedBack(PGPPublicKey key, Optional<PGPSignature> binding) {
      return Packets.holds(
          () -> {
            for (PGPSignature back : embedded(binding.orElseThrow())) {
              if (back.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING) {
                back.init(PROVIDER, key);
                if (back.verifyCertification(primary, key)) {
                  return true;
                }
              }
            }
            return false;
          });
    }

    private static List<PGPSignature> embedded(PGPSignature binding) throws PGPException {
      List<PGPSignature> all = new ArrayList<>();
      for (@Nullable PGPSignatureSubpacketVector packets :
          new PGPSignatureSubpacketVector[] {
            binding.getHashedSubPackets(), binding.getUnhashedSubPackets()
          }) {
        if (packets != null) {
          packets.getEmbeddedSignatures().forEach(all::add);
        }
      }
      return all;
    }

    /** Signatures of a type on a key that the primary key made. */
    private List<PGPSignature> verified(PGPPublicKey key, int type, Test test) {
      List<PGPSignature> good = new ArrayList<>();
      Iterator<PGPSignature> signatures = key.getSignaturesOfType(type);
      while (signatures.hasNext()) {
        PGPSignature signature = signatures.next();
        if (byPrimary(signature, test)) {
          good.add(signature);
        }
      }
      return good;
    }

    private boolean byPrimary(PGPSignature signature, Test test) {
      return Packets.holds(
          () -> {
            if (signature.getKeyID() != primary.getKeyID()) {
              return false;
            }
            signature.init(PROVIDER, primary);
            return test.holds(signature);
          });
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

    /** A check of what a signature is about. */
    @FunctionalInterface
    private interface Test {
      boolean holds(PGPSignature signature) throws PGPException;
    }
  }
}
