package dev.coppice.reposerver.http;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A range of a file's bytes.
 *
 * @param start first byte
 * @param length bytes; at least one, except of {@link #UNSATISFIABLE}
 */
record ByteRange(long start, long length) {
  /** The range that was asked for has no byte of the file. */
  static final ByteRange UNSATISFIABLE = new ByteRange(0, 0);

  private static final String UNIT = "bytes=";

  /**
   * The range that a header asks for, or empty when the whole file is to be sent: for no header,
   * one that is not valid, another unit, and several ranges, which a server may answer so (RFC
   * 9110, section 14.2).
   *
   * @param size of the file
   */
  static Optional<ByteRange> parse(@Nullable String header, long size) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(UNIT)) {
      return Optional.empty();
    }
    String spec = header.substring(UNIT.length()).strip();
    int dash = spec.indexOf('-');
    if (dash < 0 || spec.indexOf(',') >= 0) {
      return Optional.empty();
    }
    String first = spec.substring(0, dash).strip();
    String last = spec.substring(dash + 1).strip();
    if (!isNumber(first) || !isNumber(last) || (first.isEmpty() && last.isEmpty())) {
      return Optional.empty();
    }
    return first.isEmpty() ? suffix(number(last), size) : between(number(first), last, size);
  }

  private static Optional<ByteRange> suffix(long wanted, long size) {
    long length = Math.min(wanted, size);
    return Optional.of(length == 0 ? UNSATISFIABLE : new ByteRange(size - length, length));
  }

  private static Optional<ByteRange> between(long start, String last, long size) {
    long end = last.isEmpty() ? Long.MAX_VALUE : number(last);
    if (end < start) {
      return Optional.empty(); // not valid, so it is not a range at all
    }
    if (start >= size) {
      return Optional.of(UNSATISFIABLE);
    }
    return Optional.of(new ByteRange(start, Math.min(end, size - 1) - start + 1));
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The number; one that is too large for a long is larger than every file. */
  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE - 1;
    }
  }
}
