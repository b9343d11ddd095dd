package dev.coppice.core.config;

import java.util.OptionalLong;

/**
 * Sizes as {@code min-free-space-size} has them: digits and one of the units {@code MB}, {@code
 * GB}, {@code TB}, which stand for powers of 1024.
 */
public final class SizeText {
  /** What {@link #bytes} accepts, for messages. */
  public static final String EXPECTED =
      "a size of the format '123MB', '123GB' or '123TB' below 8388608TB";

  private SizeText() {}

  /** The size in bytes; empty when the text is not of the form or too large for 63 bits. */
  public static OptionalLong bytes(String text) {
    int digits = text.length() - 2;
    if (digits < 1 || text.charAt(text.length() - 1) != 'B') {
      return OptionalLong.empty();
    }
    int shift =
        switch (text.charAt(digits)) {
          case 'M' -> 20;
          case 'G' -> 30;
          case 'T' -> 40;
          default -> -1;
        };
    long limit = shift < 0 ? -1 : Long.MAX_VALUE >> shift;
    long number = 0;
    for (int i = 0; i < digits && limit >= 0; i++) {
      char ch = text.charAt(i);
      if (ch < '0' || ch > '9') {
        return OptionalLong.empty();
      }
      number = number * 10 + (ch - '0');
      if (number > limit) {
        return OptionalLong.empty();
      }
    }
    return limit < 0 ? OptionalLong.empty() : OptionalLong.of(number << shift);
  }
}
