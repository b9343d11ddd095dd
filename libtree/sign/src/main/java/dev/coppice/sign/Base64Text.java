package dev.coppice.sign;

import java.io.ByteArrayOutputStream;

/**
 * Base64 as GLib reads it. Characters that do not belong to it are passed over, a pad may stand
 * anywhere, and what is behind the last whole group of four is dropped. So a text gives the same
 * key here as there. Source: {@code g_base64_decode_step}.
 */
final class Base64Text {
  private static final int PAD = '=';
  private static final int FOREIGN = -1;

  private Base64Text() {}

  /** The bytes of a text, none if it has not even a group of four characters. */
  static byte[] decode(String text) {
    var bytes = new ByteArrayOutputStream(text.length() / 4 * 3);
    int group = 0;
    int length = 0;
    int last = 0;
    int beforeLast = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = value(c);
      if (value == FOREIGN) {
        continue;
      }
      beforeLast = last;
      last = c;
      group = group << 6 | value;
      length++;
      if (length == 4) {
        bytes.write(group >> 16);
        if (beforeLast != PAD) {
          bytes.write(group >> 8);
        }
        if (last != PAD) {
          bytes.write(group);
        }
        group = 0;
        length = 0;
      }
    }
    return bytes.toByteArray();
  }

  private static int value(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return switch (c) {
      case '+' -> 62;
      case '/' -> 63;
      case PAD -> 0;
      default -> FOREIGN;
    };
  }
}
