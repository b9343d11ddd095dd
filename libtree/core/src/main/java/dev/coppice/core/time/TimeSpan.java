package dev.coppice.core.time;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as people write them: {@code 90s}, {@code 1h 30min}, {@code 7 days}; a number
 * alone is seconds. The units and their names are those of systemd.time(7), from milliseconds to
 * years of 365.25 days.
 */
public final class TimeSpan {
  /** What is expected, for messages. */
  public static final String EXPECTED =
      "A time span is one or more numbers with units, such as 90s, 10min, 1h 30min, 7d or 2w.";

  private static final Pattern PART = Pattern.compile("\\s*([0-9]{1,12})\\s*([A-Za-z]*)\\s*");

  /** A twelfth of a year. */
  private static final Duration MONTH = Duration.ofMinutes(43_830);

  private static final Duration YEAR = Duration.ofMinutes(525_960);

  private static final Map<String, Duration> UNITS =
      Map.ofEntries(
          Map.entry("ms", Duration.ofMillis(1)),
          Map.entry("msec", Duration.ofMillis(1)),
          Map.entry("", Duration.ofSeconds(1)),
          Map.entry("s", Duration.ofSeconds(1)),
          Map.entry("sec", Duration.ofSeconds(1)),
          Map.entry("second", Duration.ofSeconds(1)),
          Map.entry("seconds", Duration.ofSeconds(1)),
          Map.entry("m", Duration.ofMinutes(1)),
          Map.entry("min", Duration.ofMinutes(1)),
          Map.entry("minute", Duration.ofMinutes(1)),
          Map.entry("minutes", Duration.ofMinutes(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("hr", Duration.ofHours(1)),
          Map.entry("hour", Duration.ofHours(1)),
          Map.entry("hours", Duration.ofHours(1)),
          Map.entry("d", Duration.ofDays(1)),
          Map.entry("day", Duration.ofDays(1)),
          Map.entry("days", Duration.ofDays(1)),
          Map.entry("w", Duration.ofDays(7)),
          Map.entry("week", Duration.ofDays(7)),
          Map.entry("weeks", Duration.ofDays(7)),
          Map.entry("M", MONTH),
          Map.entry("month", MONTH),
          Map.entry("months", MONTH),
          Map.entry("y", YEAR),
          Map.entry("year", YEAR),
          Map.entry("years", YEAR));

  private TimeSpan() {}

  /** The length that a text means; empty when it means none, or one that no clock reaches. */
  public static Optional<Duration> read(String text) {
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (end < text.length()) {
      if (!part.find(end) || part.start() != end) {
        return Optional.empty();
      }
      Duration unit = UNITS.get(part.group(2));
      if (unit == null) {
        return Optional.empty();
      }
      try {
        sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
      } catch (ArithmeticException e) {
        return Optional.empty();
      }
      end = part.end();
    }
    boolean sane = end > 0 && sum.compareTo(YEAR.multipliedBy(1000)) <= 0;
    return sane ? Optional.of(sum) : Optional.empty();
  }

  /**
   * The length that a text means.
   *
   * @throws Failure with {@link ErrorCode#INPUT_INVALID}
   */
  public static Duration parse(String text) {
    return read(text)
        .orElseThrow(
            () ->
                new Failure(ErrorCode.INPUT_INVALID, "Invalid time span '" + text + "'", EXPECTED));
  }
}
