package dev.coppice.cli.console;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Sizes in powers of 1000, as GLib's {@code g_format_size} writes them. */
public final class FormattedSize {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private FormattedSize() {}

  /** For example {@code 1 byte}, {@code 172 bytes} or {@code 1.2 MB}, with a no-break space. */
  public static String of(long bytes) {
    if (bytes < 1000) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    int unit = 0;
    double factor = 1000;
    while (unit < UNITS.length - 1 && bytes >= factor * 1000) {
      factor *= 1000;
      unit++;
    }
    // printf rounds the exact value of the binary fraction, ties to even.
    var rounded = new BigDecimal(bytes / factor).setScale(1, RoundingMode.HALF_EVEN);
    return rounded.toPlainString() + "\u00a0" + UNITS[unit];
  }
}
