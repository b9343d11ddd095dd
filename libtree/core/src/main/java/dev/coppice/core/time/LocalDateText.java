package dev.coppice.core.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as GLib prints them with {@code %c} in the C locale, which the real tool does. */
public final class LocalDateText {
  /** What GLib pads a day of one digit with: as wide as a digit. */
  private static final char FIGURE_SPACE = '\u2007';

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("EEE MMM ", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d HH:mm:ss yyyy", Locale.ROOT);

  private LocalDateText() {}

  /** For example {@code Thu Nov 26 18:35:10 2026}. */
  public static String of(Instant instant, ZoneId zone) {
    var time = instant.atZone(zone);
    String pad = time.getDayOfMonth() < 10 ? String.valueOf(FIGURE_SPACE) : "";
    return MONTH.format(time) + pad + DAY.format(time);
  }
}
