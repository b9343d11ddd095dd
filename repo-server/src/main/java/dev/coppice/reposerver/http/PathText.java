package dev.coppice.reposerver.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Paths of requests, strictly: what could be read in two ways is refused. */
final class PathText {
  private PathText() {}

  /**
   * The path, percent-decoded once. Empty for what no client of ours sends: an encoded slash,
   * backslash or NUL, {@code .} and {@code ..} as parts, parameters, bytes that are not UTF-8.
   *
   * @param raw as it came, absolute
   */
  static Optional<String> decode(String raw) {
    if (!raw.startsWith("/")) {
      return Optional.empty();
    }
    Optional<String> decoded = raw.indexOf('%') < 0 ? Optional.of(raw) : percentDecoded(raw);
    return decoded.filter(PathText::isPlain);
  }

  private static boolean isPlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c < ' ' || c == 0x7f || c == '\\' || c == ';') {
        return false;
      }
    }
    for (String part : path.split("/", -1)) {
      if (part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> percentDecoded(String raw) {
    ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 3);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int value = i + 2 < raw.length() ? hex(raw, i + 1) : -1;
        if (value < ' ' || value == '/' || value == '\\') {
          return Optional.empty();
        }
        bytes.put((byte) value);
        i += 2;
      } else if (c > ' ' && c < 0x7f) {
        bytes.put((byte) c);
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The value of two hexadecimal digits, or -1. */
  private static int hex(String text, int at) {
    char high = text.charAt(at);
    char low = text.charAt(at + 1);
    return HexFormat.isHexDigit(high) && HexFormat.isHexDigit(low)
        ? HexFormat.fromHexDigit(high) * 16 + HexFormat.fromHexDigit(low)
        : -1;
  }
}
