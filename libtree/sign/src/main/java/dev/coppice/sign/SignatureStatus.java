package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;

/** What became of one signature. */
public enum SignatureStatus {
  GOOD(ErrorCode.SIGNATURE_INVALID, "The signature is good"),
  UNKNOWN_KEY(
      ErrorCode.SIGNATURE_KEY_UNKNOWN,
      "Unknown key: it was signed by a key that is not among the trusted ones. Add that key if you"
          + " trust its owner"),
  EXPIRED_KEY(
      ErrorCode.SIGNATURE_EXPIRED,
      "The key that signed it has expired. Get the key with a later expiry date from its owner"),
  EXPIRED_SIGNATURE(
      ErrorCode.SIGNATURE_EXPIRED, "The signature has expired. Ask for it to be signed again"),
  REVOKED_KEY(
      ErrorCode.SIGNATURE_KEY_REVOKED,
      "The key that signed it was revoked: it may be in wrong hands"),
  WRONG_DATA(
      ErrorCode.SIGNATURE_INVALID,
      "Wrong data: the signature does not fit these bytes. They were changed, or it is the"
          + " signature of something else or of another key"),
  UNUSABLE_KEY(
      ErrorCode.SIGNATURE_INVALID,
      "The key that signed it may not be used for signatures like this one"),
  WEAK_DIGEST(
      ErrorCode.SIGNATURE_INVALID,
      "The signature is made with MD5 or SHA-1, which can be forged. Ask for it to be signed with"
          + " SHA-256 or better"),
  MALFORMED(ErrorCode.SIGNATURE_INVALID, "The signature is damaged: it cannot be read");

  private final ErrorCode code;
  private final String explanation;

  SignatureStatus(ErrorCode code, String explanation) {
    this.code = code;
    this.explanation = explanation;
  }

  /** The code of the failure when no signature is better than this. */
  public ErrorCode code() {
    return code;
  }

  /** In plain words, why it counts or does not, and what to do. */
  public String explanation() {
    return explanation;
  }
}
