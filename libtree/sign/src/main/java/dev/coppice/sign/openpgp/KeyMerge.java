package dev.coppice.sign.openpgp;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/** Joins copies of keys: user ids, subkeys, signatures and revocations of all of them. */
final class KeyMerge {
  private KeyMerge() {}

  /** Each key once, at the place of its first copy. */
  static List<PGPPublicKeyRing> merged(List<PGPPublicKeyRing> rings) {
    Map<KeyIdentifier, PGPPublicKeyRing> byKey = new LinkedHashMap<>();
    for (PGPPublicKeyRing ring : rings) {
      byKey.merge(ring.getPublicKey().getKeyIdentifier(), ring, KeyMerge::joined);
    }
    return new ArrayList<>(byKey.values());
  }

  private static PGPPublicKeyRing joined(PGPPublicKeyRing one, PGPPublicKeyRing other) {
    try {
      return PGPPublicKeyRing.join(one, other);
    } catch (PGPException | RuntimeException e) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          "Two copies of the OpenPGP key "
              + SignatureText.fingerprint(one.getPublicKey())
              + " cannot be joined",
          "Export the key again from a keyring that is sound",
          e);
    }
  }
}
