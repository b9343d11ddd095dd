package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.List;

/** The types of signatures. */
public enum SignatureType {
  /** 64 bytes, made by a 32-byte Ed25519 key. */
  ED25519("ed25519", "ostree.sign.ed25519"),
  /** As made by any key whose public half has an X.509 SubjectPublicKeyInfo. */
  SPKI("spki", "ostree.sign.spki"),
  /** The key's own text; for tests only. */
  DUMMY("dummy", "ostree.sign.dummy"),
  /** Binary detached OpenPGP signatures. */
  GPG("gpg", "ostree.gpgsigs");

  /** The types that {@code --sign-type} can name, in the order in which they are tried. */
  public static final List<SignatureType> NAMED = List.of(ED25519, SPKI, DUMMY);

  private final String id;
  private final String metadataKey;

  SignatureType(String id, String metadataKey) {
    this.id = id;
    this.metadataKey = metadataKey;
  }

  /** The name in configuration and on command lines. */
  public String id() {
    return id;
  }

  /** The key in detached metadata and in {@code summary.sig}; its value is an {@code aay}. */
  public String metadataKey() {
    return metadataKey;
  }

  /**
   * The type of a name that {@code --sign-type} and {@code sign-verify} take.
   *
   * @throws Failure with {@link ErrorCode#USAGE} when there is none
   */
  public static SignatureType named(String id) {
    return NAMED.stream()
        .filter(type -> type.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.USAGE,
                    "Requested signature type is not implemented",
                    "'" + id + "' is none of ed25519, spki and dummy"));
  }
}
