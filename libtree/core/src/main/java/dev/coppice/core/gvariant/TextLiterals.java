package dev.coppice.core.gvariant;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes quotes and escapes off string and byte-string tokens. */
final class TextLiterals {
  private final String token;
  private final TextNode.Span span;
  private final char quote;
  private int position;

  private TextLiterals(String token, TextNode.Span span, int open) {
    this.token = token;
    this.span = span;
    this.quote = token.charAt(open);
    this.position = open + 1;
  }

  /** The text of a token {@code 'text'} or {@code "text"}. */
  static String string(String token, TextNode.Span span) {
    var reader = new TextLiterals(token, span, 0);
    var out = new StringBuilder();
    while (reader.next() != reader.quote) {
      reader.readCharacter(out);
    }
    return out.toString();
  }

  /**
   * The {@code ay} of a token {@code b'bytes'}, up to its first NUL: a C string ends there. Lone
   * surrogates U+DC80 to U+DCFF stand for bytes that are not UTF-8.
   */
  static Variant bytes(String token, TextNode.Span span) {
    var reader = new TextLiterals(token, span, 1);
    var out = new ByteArrayOutputStream();
    while (reader.next() != reader.quote) {
      reader.readByte(out);
    }
    byte[] bytes = out.toByteArray();
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return Variant.ofByteString(Arrays.copyOf(bytes, end));
  }

  private char next() {
    if (position >= token.length() || token.charAt(position) == 0) {
      throw span.error("unterminated string constant");
    }
    return token.charAt(position);
  }

  private void readCharacter(StringBuilder out) {
    char c = next();
    position++;
    if (c != '\\') {
      out.append(c);
      return;
    }
    char escaped = next();
    position++;
    switch (escaped) {
      case 'u' -> readCodePoint(out, 4);
      case 'U' -> readCodePoint(out, 8);
      case '\n' -> {} // a line continues
      default -> out.append(control(escaped));
    }
  }

  private void readCodePoint(StringBuilder out, int digits) {
    long value = 0;
    int read = 0;
    while (read < digits && position + read < token.length()) {
      int digit = Character.digit(token.charAt(position + read), 16);
      if (digit < 0 || token.charAt(position + read) > 0x7f) {
        break;
      }
      value = value * 16 + digit;
      read++;
    }
    boolean character =
        read == digits && value > 0 && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
    if (!character) {
      int at = span.start() + position;
      throw new VariantParseException(
          at, at + read, "invalid " + digits + "-character unicode escape");
    }
    out.appendCodePoint((int) value);
    position += digits;
  }

  private void readByte(ByteArrayOutputStream out) {
    char c = next();
    if (c != '\\') {
      copyCharacter(out);
      return;
    }
    position++;
    char escaped = next();
    if (escaped >= '0' && escaped <= '7') {
      out.write(readOctal());
    } else if (escaped == '\n') {
      position++;
    } else if (escaped < 0x80) {
      out.write(control(escaped));
      position++;
    } else {
      copyCharacter(out);
    }
  }

  private int readOctal() {
    int value = 0;
    for (int i = 0; i < 3 && position < token.length(); i++) {
      char c = token.charAt(position);
      if (c < '0' || c > '7') {
        break;
      }
      value = value * 8 + (c - '0');
      position++;
    }
    return value & 0xff;
  }

  private void copyCharacter(ByteArrayOutputStream out) {
    int c = token.codePointAt(position);
    position += Character.charCount(c);
    if (c >= 0xdc80 && c <= 0xdcff) {
      out.write(c & 0xff);
    } else if (c >= 0xd800 && c <= 0xdfff) {
      throw span.error("lone surrogate");
    } else {
      out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The control character of a C escape; other characters stand for themselves. */
  private static char control(char escaped) {
    return switch (escaped) {
      case 'a' -> 0x07;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> escaped;
    };
  }
}
