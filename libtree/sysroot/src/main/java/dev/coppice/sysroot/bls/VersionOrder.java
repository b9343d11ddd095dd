package dev.coppice.sysroot.bls;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Orders versions like {@code strverscmp} of the C library: runs of digits compare as numbers; a
 * run that begins with zero compares as a fraction and comes before one that does not.
 */
public final class VersionOrder implements Comparator<String> {
  /** The order. */
  public static final VersionOrder INSTANCE = new VersionOrder();

  /** Boot entries from the one that boots by default: highest version first, none last. */
  public static final Comparator<BootEntry> ENTRIES =
      Comparator.comparing(
          entry -> entry.get(BootEntry.VERSION).orElse(null),
          Comparator.nullsLast(INSTANCE.reversed()));

  private VersionOrder() {}

  @Override
  public int compare(@Nullable String left, @Nullable String right) {
    String a = left == null ? "" : left;
    String b = right == null ? "" : right;
    int difference = 0;
    while (difference < a.length()
        && difference < b.length()
        && a.charAt(difference) == b.charAt(difference)) {
      difference++;
    }
    if (difference == a.length() && difference == b.length()) {
      return 0;
    }
    int start = difference;
    while (start > 0 && isDigit(a, start - 1)) {
      start--;
    }
    boolean runs = isDigit(a, start) && isDigit(b, start);
    if (runs && at(a, start) != '0' && at(b, start) != '0') {
      int length = Integer.compare(digits(a, start), digits(b, start));
      if (length != 0) {
        return length;
      }
    } else if (difference > start
        && onlyZeros(a, start, difference)
        && (isDigit(a, difference) || isDigit(b, difference))) {
      // After common zeros more digits mean a smaller fraction.
      return Integer.compare(at(a, difference) - '0' & 0xFF, at(b, difference) - '0' & 0xFF);
    }
    return Integer.compare(at(a, difference), at(b, difference));
  }

  private static boolean onlyZeros(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static int digits(String text, int start) {
    int end = start;
    while (isDigit(text, end)) {
      end++;
    }
    return end - start;
  }

  private static boolean isDigit(String text, int index) {
    char c = at(text, index);
    return c >= '0' && c <= '9';
  }

  private static char at(String text, int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }
}
