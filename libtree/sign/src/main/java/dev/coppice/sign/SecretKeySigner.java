package dev.coppice.sign;

/** Signs with a secret key of {@code ed25519} or {@code spki} that is in memory. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SecretKeySigner(SignatureType type, byte[] secret) implements Signer {
  @Override
  public byte[] sign(byte[] data) {
    return SignatureScheme.sign(type, secret, data);
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "signer " + type.id();
  }
}
