package dev.coppice.testdata;

import java.util.Base64;

/**
 * An Ed25519 key in the form that ostree has for it.
 *
 * @param secret base64 of 64 bytes: seed and public key
 * @param publicKey base64 of 32 bytes
 */
public record Ed25519Keys(String secret, String publicKey) {
  private static final int HALF = 32;

  /** Makes a key. */
  public static Ed25519Keys make(OpenSsl openssl, String name) {
    OpenSsl.KeyPair pair = openssl.key(name, "ED25519");
    byte[] both = new byte[2 * HALF];
    System.arraycopy(pair.rawSecret(HALF), 0, both, 0, HALF);
    System.arraycopy(pair.rawPublic(HALF), 0, both, HALF, HALF);
    Base64.Encoder base64 = Base64.getEncoder();
    return new Ed25519Keys(
        base64.encodeToString(both), base64.encodeToString(pair.rawPublic(HALF)));
  }
}
