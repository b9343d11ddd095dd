package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.reposerver.web.html.Html;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates, sizes and numbers as pages write them. */
final class Texts {
  /** Digits of a checksum that are shown where the whole one is a click away. */
  private static final int SHORT = 10;

  private static final int STEP = 1000;
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};
  private static final int LAST_YEAR = 9999;

  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private Texts() {}

  /** The first digits of a checksum. */
  static String brief(Checksum checksum) {
    return checksum.hex().substring(0, SHORT);
  }

  /** At most so many characters of a text. */
  static String cut(String text, int characters) {
    if (text.length() <= characters) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
    return text.substring(0, end) + "…";
  }

  /** Bytes in powers of 1000, for example {@code 172 bytes} or {@code 1.2 MB}. */
  static String bytes(long bytes) {
    if (bytes < STEP) {
      return bytes + (bytes == 1 ? " byte" : " bytes");
    }
    double value = (double) bytes / STEP;
    int unit = 0;
    // Not at 1000 but at what would be rounded to it.
    while (value >= 999.95 && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f\u00a0%s", value, UNITS[unit]);
  }

  /** A number with its digits in groups. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number and what is counted, in the singular or the plural. */
  static String count(long number, String one, String many) {
    return number(number) + " " + (number == 1 ? one : many);
  }

  /** Seconds since 1970 as a date; a number where no calendar has that day. */
  static void date(Html html, long seconds) {
    LocalDateTime time;
    try {
      time = LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    } catch (DateTimeException e) {
      html.text("second " + Long.toUnsignedString(seconds));
      return;
    }
    if (time.getYear() > LAST_YEAR || time.getYear() < 0) {
      html.text("second " + Long.toUnsignedString(seconds));
      return;
    }
    String machine = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) + "Z";
    html.leaf("time", SHOWN.format(time) + " UTC", "datetime", machine);
  }
}
