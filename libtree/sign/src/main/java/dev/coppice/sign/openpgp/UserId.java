package dev.coppice.sign.openpgp;

import java.nio.charset.StandardCharsets;

/**
 * A user id taken apart: {@code Name (Comment) <mail>}, or a mail address alone.
 *
 * @param text the whole
 * @param email empty where there is none
 * @param revoked whether the key's owner took it back
 * @param invalid whether the key's owner never signed it
 */
public record UserId(String text, String name, String email, boolean revoked, boolean invalid) {
  /**
   * The text of an id's bytes; old keys have other encodings, which must not make them unreadable.
   */
  static String decode(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static UserId of(String text) {
    int open = text.lastIndexOf('<');
    int close = text.lastIndexOf('>');
    if (open < 0 || close < open) {
      boolean mail = text.indexOf('@') > 0 && text.indexOf(' ') < 0;
      return new UserId(text, mail ? "" : text.strip(), mail ? text : "", false, false);
    }
    String before = text.substring(0, open).strip();
    int comment = before.indexOf('(');
    String name = comment > 0 && before.endsWith(")") ? before.substring(0, comment) : before;
    return new UserId(text, name.strip(), text.substring(open + 1, close), false, false);
  }

  UserId withState(boolean revoked, boolean invalid) {
    return new UserId(text, name, email, revoked, invalid);
  }

  /** As the real tool puts it into a line. */
  String quoted() {
    return "\"" + name + " <" + email + ">\"";
  }
}
