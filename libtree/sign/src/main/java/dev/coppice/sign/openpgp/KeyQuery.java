package dev.coppice.sign.openpgp;

import java.util.Iterator;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/**
 * What names a key, as gpg takes it: a fingerprint or the last 16 or 8 digits of one, with or
 * without {@code 0x}, of the primary key or a subkey; {@code <mail>}; otherwise a part of a user id
 * without regard to case. A {@code !} at the end is passed over.
 */
record KeyQuery(String text, Kind kind) {
  private enum Kind {
    DIGITS,
    MAIL,
    WORDS
  }

  private static final Pattern DIGITS =
      Pattern.compile("(0x)?([0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})");

  static KeyQuery of(String id) {
    String text = (id.endsWith("!") ? id.substring(0, id.length() - 1) : id).strip();
    String lower = text.toLowerCase(Locale.ROOT);
    if (DIGITS.matcher(lower).matches()) {
      return new KeyQuery(lower.startsWith("0x") ? lower.substring(2) : lower, Kind.DIGITS);
    }
    boolean mail = lower.startsWith("<") && lower.endsWith(">");
    return new KeyQuery(lower, mail ? Kind.MAIL : Kind.WORDS);
  }

  boolean matches(PGPPublicKeyRing ring) {
    for (PGPPublicKey key : ring) {
      if (kind == Kind.DIGITS) {
        if (names(SignatureText.fingerprint(key))) {
          return true;
        }
      } else if (hasUserId(key)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is a fingerprint or key id, and that of this key. */
  boolean names(String fingerprint) {
    return kind == Kind.DIGITS && fingerprint.toLowerCase(Locale.ROOT).endsWith(text);
  }

  /** Whether it is a fingerprint or key id that goes with the key id in a signature. */
  boolean namesIssuer(long keyId) {
    String id = "%016x".formatted(keyId);
    return kind == Kind.DIGITS && (id.endsWith(text) || text.endsWith(id));
  }

  private boolean hasUserId(PGPPublicKey key) {
    for (Iterator<byte[]> ids = key.getRawUserIDs(); ids.hasNext(); ) {
      String id = UserId.decode(ids.next()).toLowerCase(Locale.ROOT);
      if (kind == Kind.MAIL
          ? ("<" + UserId.of(id).email() + ">").equals(text)
          : id.contains(text)) {
        return true;
      }
    }
    return false;
  }
}
