package dev.coppice.sign;

import java.util.Base64;

/** Base64 as GLib reads it: characters that do not belong to it are passed over. */
final class Base64Text {
  private Base64Text() {}

  /** The bytes; an incomplete last group of characters is dropped. */
  static byte[] decode(String text) {
    var letters = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || c == '+' || c == '/')) {
        letters.append(c);
      }
    }
    if (letters.length() % 4 == 1) {
      letters.setLength(letters.length() - 1);
    }
    return Base64.getDecoder().decode(letters.toString());
  }
}
