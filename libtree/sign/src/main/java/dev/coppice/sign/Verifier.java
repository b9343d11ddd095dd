package dev.coppice.sign;

import java.io.IOException;
import java.util.List;

/** Judges the signatures of one type by the keys that it trusts. */
public interface Verifier {
  SignatureType type();

  /**
   * A verdict for each signature.
   *
   * @param signatures those that the bytes came with
   * @throws dev.coppice.core.failure.Failure when this type cannot be verified at all
   * @throws IOException when a file of keys cannot be read
   */
  SignatureReport verify(byte[] data, List<byte[]> signatures) throws IOException;
}
