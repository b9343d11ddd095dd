package dev.coppice.sign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The verdict on one signature.
 *
 * @param key the public key in hexadecimal, or for OpenPGP the fingerprint, or only the key id
 *     where the key is not known; empty when no key fits
 * @param userId the OpenPGP user id, or empty
 * @param made when it was made, where the signature says so
 * @param lines for people, as the real tool words them
 */
public record SignatureVerdict(
    SignatureType type,
    SignatureStatus status,
    String key,
    String userId,
    Optional<Instant> made,
    List<String> lines) {
  public SignatureVerdict {
    lines = List.copyOf(lines);
  }

  /** A verdict of a type whose signatures say nothing but yes or no. */
  static SignatureVerdict plain(SignatureType type, SignatureStatus status, String key) {
    return new SignatureVerdict(type, status, key, "", Optional.empty(), List.of());
  }
}
