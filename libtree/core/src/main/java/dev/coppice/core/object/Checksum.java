package dev.coppice.core.object;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256, the name of every object: 32 bytes, held as four big-endian longs so that it is a
 * value without an array behind it.
 */
public record Checksum(long a, long b, long c, long d) implements Comparable<Checksum> {
  /** Bytes of a checksum. */
  public static final int BYTES = 32;

  /** Hexadecimal digits of a checksum. */
  public static final int HEX_DIGITS = 64;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Reads 32 bytes at {@code offset}. */
  public static Checksum read(byte[] bytes, int offset) {
    return new Checksum(
        (long) LONG.get(bytes, offset),
        (long) LONG.get(bytes, offset + 8),
        (long) LONG.get(bytes, offset + 16),
        (long) LONG.get(bytes, offset + 24));
  }

  /** The checksum held by exactly 32 bytes. */
  public static Checksum of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a checksum has 32 bytes, not " + bytes.length);
    }
    return read(bytes, 0);
  }

  /** The SHA-256 of {@code bytes}. */
  public static Checksum sha256(byte[] bytes) {
    return of(newDigest().digest(bytes));
  }

  /** A new SHA-256 digest. */
  public static MessageDigest newDigest() {
    try {
      // A copy is made in a tenth of the time that looking for an implementation takes.
      return (MessageDigest) Unused.DIGEST.clone();
    } catch (CloneNotSupportedException e) {
      return lookUpDigest();
    }
  }

  /** Apart, because commands that hash nothing do without. */
  private static final class Unused {
    static final MessageDigest DIGEST = lookUpDigest();
  }

  private static MessageDigest lookUpDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Parses 64 lower-case hexadecimal digits.
   *
   * @throws IllegalArgumentException when the text is anything else; test with {@link #isHex} first
   */
  public static Checksum ofHex(CharSequence hex) {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal: " + hex);
    }
    return new Checksum(
        HexFormat.fromHexDigitsToLong(hex, 0, 16),
        HexFormat.fromHexDigitsToLong(hex, 16, 32),
        HexFormat.fromHexDigitsToLong(hex, 32, 48),
        HexFormat.fromHexDigitsToLong(hex, 48, 64));
  }

  /** Whether the text is 64 lower-case hexadecimal digits. */
  public static boolean isHex(CharSequence text) {
    return text.length() == HEX_DIGITS && isHexPrefix(text);
  }

  /** Whether the text is 1 to 64 lower-case hexadecimal digits, as in a shortened checksum. */
  public static boolean isHexPrefix(CharSequence text) {
    if (text.isEmpty() || text.length() > HEX_DIGITS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char ch = text.charAt(i);
      if (!((ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    HexFormat format = HexFormat.of();
    return format.toHexDigits(a)
        + format.toHexDigits(b)
        + format.toHexDigits(c)
        + format.toHexDigits(d);
  }

  /** The 32 bytes, in a new array. */
  public byte[] bytes() {
    byte[] out = new byte[BYTES];
    write(out, 0);
    return out;
  }

  /** Writes the 32 bytes at {@code offset}. */
  public void write(byte[] out, int offset) {
    LONG.set(out, offset, a);
    LONG.set(out, offset + 8, b);
    LONG.set(out, offset + 16, c);
    LONG.set(out, offset + 24, d);
  }

  @Override
  public int hashCode() {
    // The bits of a SHA-256 are as good a hash as any function of them.
    return Long.hashCode(a);
  }

  @Override
  public int compareTo(Checksum other) {
    int order = Long.compareUnsigned(a, other.a);
    if (order == 0) {
      order = Long.compareUnsigned(b, other.b);
    }
    if (order == 0) {
      order = Long.compareUnsigned(c, other.c);
    }
    return order != 0 ? order : Long.compareUnsigned(d, other.d);
  }

  /** The hexadecimal form. */
  @Override
  public String toString() {
    return hex();
  }
}
