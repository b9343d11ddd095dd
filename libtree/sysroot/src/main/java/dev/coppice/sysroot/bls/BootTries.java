package dev.coppice.sysroot.bls;

/**
 * The counters that boot counting keeps in the name of an entry's file, {@code
 * ostree-1+LEFT-DONE.conf}.
 *
 * @param left attempts that remain, unsigned
 * @param done attempts that were made, unsigned
 */
public record BootTries(long left, long done) {
  /** No counters. */
  public static final BootTries NONE = new BootTries(0, 0);

  /** Reads the counters of a file name; none when there are none or they cannot be read. */
  public static BootTries ofFileName(String name) {
    int plus = name.lastIndexOf('+');
    if (plus < 0) {
      return NONE;
    }
    int end = digitsEnd(name, plus + 1);
    if (end == plus + 1) {
      return NONE;
    }
    long left = number(name, plus + 1, end);
    if (end >= name.length() || name.charAt(end) != '-') {
      return new BootTries(left, 0);
    }
    int doneEnd = digitsEnd(name, end + 1);
    return doneEnd == end + 1 ? NONE : new BootTries(left, number(name, end + 1, doneEnd));
  }

  private static int digitsEnd(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** The number, or the largest there is when it does not fit. */
  private static long number(String text, int start, int end) {
    try {
      return Long.parseUnsignedLong(text, start, end, 10);
    } catch (NumberFormatException tooLarge) {
      return -1;
    }
  }

  /** Whether both counters are zero. */
  public boolean isNone() {
    return left == 0 && done == 0;
  }
}
