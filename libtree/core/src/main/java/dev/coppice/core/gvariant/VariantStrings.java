package dev.coppice.core.gvariant;

import java.nio.charset.StandardCharsets;

/** Validity of serialised strings, object paths and signatures, and their encoding. */
final class VariantStrings {
  private VariantStrings() {}

  /** Whether the bytes are valid UTF-8 without NUL, followed by one NUL. */
  static boolean isString(byte[] data, int offset, int length) {
    if (length == 0 || data[offset + length - 1] != 0) {
      return false;
    }
    int end = offset + length - 1;
    int i = offset;
    while (i < end) {
      int size = data[i] > 0 ? 1 : sequenceLength(data, i, end);
      if (size == 0) {
        return false;
      }
      i += size;
    }
    return true;
  }

  /** Bytes of the well-formed UTF-8 sequence at {@code i}; 0 if there is none (or a NUL). */
  private static int sequenceLength(byte[] data, int i, int end) {
    int lead = data[i] & 0xff;
    if (lead < 0xc2 || lead > 0xf4) {
      return 0;
    }
    int size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (end - i < size) {
      return 0;
    }
    for (int k = 1; k < size; k++) {
      if ((data[i + k] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = data[i + 1] & 0xff;
    boolean wellFormed =
        switch (lead) {
          case 0xe0 -> second >= 0xa0; // shorter forms exist below
          case 0xed -> second < 0xa0; // surrogates above
          case 0xf0 -> second >= 0x90;
          case 0xf4 -> second < 0x90; // beyond U+10FFFF
          default -> true;
        };
    return wellFormed ? size : 0;
  }

  /** Whether the bytes are a D-Bus object path, followed by one NUL. */
  static boolean isObjectPath(byte[] data, int offset, int length) {
    if (!isString(data, offset, length) || data[offset] != '/') {
      return false;
    }
    int end = offset + length - 1;
    for (int i = offset + 1; i < end; i++) {
      byte b = data[i];
      boolean fine = b == '/' ? data[i - 1] != '/' : isPathCharacter(b);
      if (!fine) {
        return false;
      }
    }
    return length == 2 || data[end - 1] != '/';
  }

  private static boolean isPathCharacter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
  }

  /** Whether the bytes are a D-Bus signature (any number of types), followed by one NUL. */
  static boolean isSignature(byte[] data, int offset, int length) {
    if (!isString(data, offset, length)) {
      return false;
    }
    for (int i = offset; i < offset + length - 1; i++) {
      if ("ybnqiuxthdvasog(){}".indexOf(data[i]) < 0) {
        return false;
      }
    }
    var scanner =
        new TypeScanner(new String(data, offset, length - 1, StandardCharsets.ISO_8859_1));
    while (!scanner.atEnd()) {
      if (scanner.next() == null) {
        return false;
      }
    }
    return true;
  }

  /** Whether a serialised value of this kind ({@code s}, {@code o}, {@code g}) is valid. */
  static boolean isValid(char kind, byte[] data, int offset, int length) {
    return switch (kind) {
      case 'o' -> isObjectPath(data, offset, length);
      case 'g' -> isSignature(data, offset, length);
      default -> isString(data, offset, length);
    };
  }

  /**
   * The UTF-8 bytes of a string, without NUL.
   *
   * @throws IllegalArgumentException if it has a NUL or a lone surrogate
   */
  static byte[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (text.indexOf('\0') >= 0 || hasLoneSurrogate(text, bytes)) {
      throw new IllegalArgumentException("a string with NUL or a lone surrogate has no GVariant");
    }
    return bytes;
  }

  private static boolean hasLoneSurrogate(String text, byte[] bytes) {
    if (bytes.length != text.length()) {
      return !isEncodable(text);
    }
    // One byte for each character: all are ASCII, or the encoder has put "?" for a surrogate.
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '?' && text.charAt(i) != '?') {
        return true;
      }
    }
    return false;
  }

  private static boolean isEncodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
