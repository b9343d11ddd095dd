package dev.coppice.sign;

import java.io.IOException;

/** Makes signatures with one secret key. */
public interface Signer {
  SignatureType type();

  /**
   * The signature of these bytes.
   *
   * @throws dev.coppice.core.failure.Failure when the key cannot sign
   * @throws IOException when a program that signs cannot be run
   */
  byte[] sign(byte[] data) throws IOException;
}
