package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;

/** Signs with the key's own text, which proves nothing: for tests of what handles signatures. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DummySigner(byte[] key, KeyPlaces places) implements Signer {
  @Override
  public SignatureType type() {
    return SignatureType.DUMMY;
  }

  @Override
  public byte[] sign(byte[] data) {
    requireAllowed(places);
    return key.clone();
  }

  /** Refuses the type unless the environment allows it. */
  static void requireAllowed(KeyPlaces places) {
    if (!places.dummyAllowed()) {
      throw new Failure(
          ErrorCode.SIGNATURE_INVALID,
          "dummy signature type is only for ostree testing",
          "Set OSTREE_DUMMY_SIGN_ENABLED=1 in tests; otherwise use ed25519, spki or OpenPGP");
    }
  }
}
