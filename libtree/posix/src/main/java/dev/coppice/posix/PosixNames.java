package dev.coppice.posix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;

/**
 * File names as Strings, without loss.
 *
 * <p>A Linux name is any bytes but NUL and slash. Valid UTF-8 reads as itself; a byte 0xNN that is
 * not part of valid UTF-8 reads as the lone surrogate U+DCNN, which valid UTF-8 can never contain.
 * This is Python's "surrogateescape" (PEP 383), so {@code encode(decode(bytes))} returns the same
 * bytes for every input.
 */
public final class PosixNames {
  /**
   * Orders names like {@code strcmp} orders their bytes: unsigned, shorter first. For valid names
   * this is code point order, which {@link String#compareTo} is not above U+FFFF.
   */
  public static final Comparator<String> BYTE_ORDER =
      new Comparator<>() {
        @Override
        public int compare(String left, String right) {
          return compareBytes(left, right);
        }
      };

  private static final char ESCAPE_FIRST = '\uDC80';
  private static final char ESCAPE_LAST = '\uDCFF';
  private static final char REPLACEMENT = '\uFFFD';

  private PosixNames() {}

  /**
   * The bytes of a name.
   *
   * @throws IllegalArgumentException for a lone surrogate outside U+DC80..U+DCFF, which stands for
   *     no byte
   */
  public static byte[] encode(String name) {
    if (isValidUtf8(name)) {
      return name.getBytes(UTF_8);
    }
    return encodeEscapes(name, false);
  }

  /** The name of these bytes. */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /** The name of {@code length} bytes from {@code offset}. */
  public static String decode(byte[] bytes, int offset, int length) {
    var name = new String(bytes, offset, length, UTF_8);
    // The replacement character is either in the bytes or says that some byte is invalid.
    return name.indexOf(REPLACEMENT) < 0 ? name : decodeEscaping(bytes, offset, length);
  }

  /** Whether the name's bytes are valid UTF-8, that is, whether it has no lone surrogate. */
  public static boolean isValidUtf8(String name) {
    int length = name.length();
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      if (Character.isSurrogate(c)) {
        if (i + 1 >= length || !Character.isSurrogatePair(c, name.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static int compareBytes(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // Outside the surrogates one char is one code point, and UTF-8 keeps code point order.
        return Character.isSurrogate(a) || Character.isSurrogate(b)
            ? Arrays.compareUnsigned(encodeEscapes(left, true), encodeEscapes(right, true))
            : a - b;
      }
    }
    return left.length() - right.length();
  }

  /**
   * @param lenient whether a surrogate that stands for nothing becomes three bytes, so that an
   *     order exists for every String, or is refused
   */
  private static byte[] encodeEscapes(String name, boolean lenient) {
    var out = new byte[name.length() * 3];
    int end = 0;
    int i = 0;
    while (i < name.length()) {
      int c = name.codePointAt(i);
      i += Character.charCount(c);
      if (c >= ESCAPE_FIRST && c <= ESCAPE_LAST) {
        out[end++] = (byte) c;
      } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE && !lenient) {
        throw new IllegalArgumentException(
            "U+" + Integer.toHexString(c) + " at " + (i - 1) + " stands for no byte of a name");
      } else {
        end = putUtf8(out, end, c);
      }
    }
    return Arrays.copyOf(out, end);
  }

  private static int putUtf8(byte[] out, int start, int c) {
    int end = start;
    if (c < 0x80) {
      out[end++] = (byte) c;
    } else if (c < 0x800) {
      out[end++] = (byte) (0xC0 | (c >> 6));
      out[end++] = (byte) (0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out[end++] = (byte) (0xE0 | (c >> 12));
      out[end++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      out[end++] = (byte) (0x80 | (c & 0x3F));
    } else {
      out[end++] = (byte) (0xF0 | (c >> 18));
      out[end++] = (byte) (0x80 | ((c >> 12) & 0x3F));
      out[end++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      out[end++] = (byte) (0x80 | (c & 0x3F));
    }
    return end;
  }

  private static String decodeEscaping(byte[] bytes, int offset, int length) {
    var name = new StringBuilder(length);
    int i = offset;
    int end = offset + length;
    while (i < end) {
      int size = sequenceLength(bytes, i, end);
      if (size == 0) {
        name.append((char) (0xDC00 | (bytes[i] & 0xFF)));
        i++;
      } else {
        name.append(new String(bytes, i, size, UTF_8));
        i += size;
      }
    }
    return name.toString();
  }

  /** Bytes of the well-formed sequence at {@code i} (Unicode table 3-7), or 0 for none. */
  private static int sequenceLength(byte[] bytes, int i, int end) {
    int lead = bytes[i] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int size = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size == 0 || i + size > end) {
      return 0;
    }
    int second = bytes[i + 1] & 0xFF;
    int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int k = 2; k < size; k++) {
      if ((bytes[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return size;
  }
}
