package dev.coppice.sign.openpgp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.jspecify.annotations.Nullable;

/** What a primary key signed about itself, its user ids and its subkeys; each is verified. */
record SelfSignatures(PGPPublicKey primary) {
  private static final BcPGPContentVerifierBuilderProvider PROVIDER =
      new BcPGPContentVerifierBuilderProvider();
  private static final Comparator<PGPSignature> AGE =
      Comparator.comparing(PGPSignature::getCreationTime);

  /**
   * A user id and what the key says of it.
   *
   * @param signature the newest by which the key claims it, if there is one
   * @param revoked whether a later one takes that back
   */
  record Claim(String userId, Optional<PGPSignature> signature, boolean revoked) {
    boolean stands() {
      return signature.isPresent() && !revoked;
    }

    private boolean main() {
      PGPSignatureSubpacketVector hashed = signature.orElseThrow().getHashedSubPackets();
      return hashed != null && hashed.isPrimaryUserID();
    }
  }

  /** The newest statement of the key about itself, on its own or with a user id. */
  Optional<PGPSignature> about() {
    Stream<PGPSignature> direct =
        verified(primary, PGPSignature.DIRECT_KEY, s -> s.verifyCertification(primary)).stream();
    return Stream.concat(direct, mainUserId().flatMap(Claim::signature).stream()).max(AGE);
  }

  /**
   * The user id that the key says is its main one, or the one it claimed last. Of those of the same
   * second gpg takes the longest, so that all machines agree. Source: {@code cmp_user_ids}.
   */
  Optional<Claim> mainUserId() {
    return userIds().stream()
        .filter(Claim::stands)
        .max(
            Comparator.comparing(Claim::main)
                .thenComparing(claim -> claim.signature().orElseThrow(), AGE)
                .thenComparing(claim -> claim.userId().length())
                .thenComparing(Claim::userId));
  }

  /** All user ids in the order of the key. */
  List<Claim> userIds() {
    List<Claim> all = new ArrayList<>();
    for (Iterator<byte[]> ids = primary.getRawUserIDs(); ids.hasNext(); ) {
      all.add(claim(ids.next()));
    }
    return all;
  }

  private Claim claim(byte[] userId) {
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
    boolean revoked =
        withdrawal.isPresent()
            && (claim.isEmpty() || AGE.compare(withdrawal.get(), claim.get()) >= 0);
    return new Claim(UserId.decode(userId), claim, revoked);
  }

  /** The newest statement that a subkey belongs to the primary key. */
  Optional<PGPSignature> binding(PGPPublicKey key) {
    return verified(key, PGPSignature.SUBKEY_BINDING, s -> s.verifyCertification(primary, key))
        .stream()
        .max(AGE);
  }

  /** Whether the primary key revoked itself, or this subkey. */
  boolean revokes(PGPPublicKey key) {
    return key.isMasterKey()
        ? !verified(key, PGPSignature.KEY_REVOCATION, s -> s.verifyCertification(primary)).isEmpty()
        : !verified(key, PGPSignature.SUBKEY_REVOCATION, s -> s.verifyCertification(primary, key))
            .isEmpty();
  }

  /** A subkey that signs must itself say that it belongs to this primary key. */
  boolean isSignedBack(PGPPublicKey key, PGPSignature binding) {
    return Packets.holds(
        () -> {
          for (PGPSignature back : embedded(binding)) {
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
          // A signature of a ring keeps the state of its check, and threads share the ring.
          synchronized (signature) {
            signature.init(PROVIDER, primary);
            return test.holds(signature);
          }
        });
  }

  /** A check of what a signature is about. */
  @FunctionalInterface
  private interface Test {
    boolean holds(PGPSignature signature) throws PGPException;
  }
}
