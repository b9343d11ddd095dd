package dev.coppice.sign;

import java.util.Arrays;
import java.util.HexFormat;

/** A public key as it is written down: 32 bytes of Ed25519, or a SubjectPublicKeyInfo. */
@SuppressWarnings("ArrayRecordComponent") // compared by content
record PublicKeyBytes(byte[] bytes) {
  /** The bytes in hexadecimal, as messages name a key. */
  String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKeyBytes(byte[] theirs) && Arrays.equals(bytes, theirs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
