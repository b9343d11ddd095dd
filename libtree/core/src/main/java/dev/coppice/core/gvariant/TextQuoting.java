package dev.coppice.core.gvariant;

/** Quotes strings and byte strings as {@code g_variant_print} does. */
final class TextQuoting {
  private TextQuoting() {}

  static void appendString(StringBuilder out, String text) {
    char quote = text.indexOf('\'') >= 0 ? '"' : '\'';
    out.append(quote);
    text.codePoints().forEach(c -> appendCharacter(out, c, quote));
    out.append(quote);
  }

  private static void appendCharacter(StringBuilder out, int c, char quote) {
    if (c == quote || c == '\\') {
      out.append('\\').append((char) c);
    } else if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else {
      out.append('\\');
      char letter = escapeLetter(c);
      if (letter != 0) {
        out.append(letter);
      } else if (c < 0x10000) {
        appendHex(out.append('u'), c, 4);
      } else {
        appendHex(out.append('U'), c, 8);
      }
    }
  }

  /** As {@code g_unichar_isprint}. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.UNASSIGNED, Character.SURROGATE -> false;
      default -> true;
    };
  }

  /** Letter of the C escape of a control character, or 0. */
  private static char escapeLetter(int c) {
    return switch (c) {
      case 0x07 -> 'a';
      case '\b' -> 'b';
      case '\f' -> 'f';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      case 0x0b -> 'v';
      default -> 0;
    };
  }

  private static void appendHex(StringBuilder out, int value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(Character.forDigit(value >> shift & 15, 16));
    }
  }

  /** Whether the only NUL is the last byte. */
  static boolean isByteString(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i == bytes.length - 1;
      }
    }
    return false;
  }

  /** Appends the bytes without the NUL at their end. */
  static void appendByteString(StringBuilder out, byte[] bytes) {
    char quote = '\'';
    for (byte b : bytes) {
      if (b == '\'') {
        quote = '"';
      }
    }
    out.append('b').append(quote);
    for (int i = 0; i < bytes.length - 1; i++) {
      appendByte(out, bytes[i] & 0xff);
    }
    out.append(quote);
  }

  /**
   * As {@code g_strescape}: both quotes would be unambiguous, but only the double one is escaped.
   */
  private static void appendByte(StringBuilder out, int b) {
    char letter = b == 0x07 ? 0 : escapeLetter(b);
    if (b == '\\' || b == '"') {
      out.append('\\').append((char) b);
    } else if (letter != 0) {
      out.append('\\').append(letter);
    } else if (b < ' ' || b >= 0x7f) {
      out.append('\\').append(b >> 6).append(b >> 3 & 7).append(b & 7);
    } else {
      out.append((char) b);
    }
  }
}
