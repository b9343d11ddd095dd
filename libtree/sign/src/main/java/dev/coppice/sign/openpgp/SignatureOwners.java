package dev.coppice.sign.openpgp;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;

/** Whose signatures are, by what they say themselves; they are not verified. */
public record SignatureOwners(Keyring keyring) {
  /**
   * Whether a signature was made by one of the keys.
   *
   * @param names fingerprints or key ids, of the key itself or, if the keyring has it, of its other
   *     keys, or words of its user ids
   */
  public boolean isByAny(byte[] blob, List<String> names) {
    try {
      for (PGPSignature signature : Packets.signatures(blob)) {
        for (String name : names) {
          if (isBy(signature, KeyQuery.of(name))) {
            return true;
          }
        }
      }
      return false;
    } catch (IOException e) {
      return false; // A damaged signature is nobody's.
    }
  }

  private boolean isBy(PGPSignature signature, KeyQuery query) {
    if (query.namesIssuer(signature.getKeyID())) {
      return true;
    }
    for (PGPPublicKeyRing ring : keyring.rings()) {
      if (ring.getPublicKey(signature.getKeyID()) != null && query.matches(ring)) {
        return true;
      }
    }
    return false;
  }
}
