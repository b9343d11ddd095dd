package dev.coppice.sign.openpgp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the owner of a mail address publishes the key for it. Source: {@code ot_gpg_wkd_urls},
 * draft-koch-openpgp-webkey-service.
 *
 * @param advanced the address on the host that is for this alone
 * @param direct the address on the mail domain's host
 */
public record WebKeyDirectory(String advanced, String direct) {
  /** The letters of z-base-32. */
  private static final String LETTERS = "ybndrfg8ejkmcpqxot1uwisza345h769";

  private static final String UNRESERVED = "-._~";

  /** The addresses for a mail address; none when it is not of the form {@code local@domain}. */
  public static Optional<WebKeyDirectory> of(String address) {
    String email = lowerCase(address); // as gpgme has it
    int at = email.indexOf('@');
    if (at < 1 || at != email.lastIndexOf('@') || at == email.length() - 1) {
      return Optional.empty();
    }
    String local = email.substring(0, at);
    String domain = email.substring(at + 1);
    String key = "/hu/" + zbase32(sha1(local)) + "?l=" + escaped(local);
    return Optional.of(
        new WebKeyDirectory(
            "https://openpgpkey." + domain + "/.well-known/openpgpkey/" + domain + key,
            "https://" + domain + "/.well-known/openpgpkey" + key));
  }

  /** Of ASCII letters alone, as the specification wants. */
  private static String lowerCase(String text) {
    var lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }

  private static byte[] sha1(String text) {
    try {
      // Not for security: the specification names files by it.
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Five bits a letter; a whole digest of 20 bytes has no rest. */
  private static String zbase32(byte[] bytes) {
    var text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte b : bytes) {
      bits = bits << 8 | (b & 0xff);
      for (held += 8; held >= 5; held -= 5) {
        text.append(LETTERS.charAt(bits >> (held - 5) & 31));
      }
    }
    return text.toString();
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        escaped.append(c);
      } else {
        escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return escaped.toString();
  }
}
