package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;

/** What is said of keys of a wrong size. */
final class KeySizes {
  private KeySizes() {}

  /** The failure of a key that has not the size of its type. */
  static Failure wrong(SignatureType type, String half, int expected, int found) {
    return new Failure(
        ErrorCode.KEY_INVALID,
        "Invalid "
            + type.id()
            + " "
            + half
            + " key: Ill-formed input: expected "
            + expected
            + " bytes, got "
            + found
            + " bytes",
        "A " + half + " key of this type is base64 of " + expected + " bytes");
  }
}
