package dev.coppice.cli.console;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A number of bytes as ostree prints it: in powers of ten, with a no-break space before the unit.
 * Source: {@code g_format_size}.
 */
public final class SizeText {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};
  private static final int STEP = 1000;
  private static final char NO_BREAK_SPACE = '\u00a0';

  private SizeText() {}

  /** For example {@code 1 byte}, {@code 999 bytes}, {@code 5.0 MB}. */
  public static String of(long bytes) {
    if (bytes < STEP) {
      return bytes + (bytes == 1 ? " byte" : " bytes");
    }
    long factor = STEP;
    int unit = 0;
    while (unit + 1 < UNITS.length && bytes / factor >= STEP) {
      factor *= STEP;
      unit++;
    }
    // Exactly what C's printf makes of a double: halves go to the even digit.
    BigDecimal value = new BigDecimal((double) bytes / factor).setScale(1, RoundingMode.HALF_EVEN);
    return value.toPlainString() + NO_BREAK_SPACE + UNITS[unit];
  }
}
