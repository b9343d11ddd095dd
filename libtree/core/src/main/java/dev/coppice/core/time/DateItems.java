package dev.coppice.core.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a text says of a moment, each thing at most once, and the moment that this is seen from now.
 * What takes an item returns false when the text said it already.
 */
final class DateItems {
  private record Relative(DateWords.Step step, long count) {}

  private final ZonedDateTime now;
  private final boolean blank;
  private @Nullable LocalDate date;
  private boolean yearGiven;
  private @Nullable LocalTime time;
  private @Nullable ZoneId zone;
  private @Nullable DayOfWeek day;
  private long dayOrdinal;
  private final List<Relative> relatives = new ArrayList<>();

  /**
   * Nothing said so far.
   *
   * @param blank whether the text has blanks only
   */
  DateItems(ZonedDateTime now, boolean blank) {
    this.now = now;
    this.blank = blank;
  }

  boolean hasTime() {
    return time != null;
  }

  boolean hasZone() {
    return zone != null;
  }

  /** Whether there is a day and month without a year. */
  boolean lacksYear() {
    return date != null && !yearGiven;
  }

  /** A day; of this year, when no year is said. */
  boolean date(OptionalInt year, long month, long monthDay) {
    if (date != null) {
      return false;
    }
    yearGiven = year.isPresent();
    date =
        LocalDate.of(year.orElse(now.getYear()), Math.toIntExact(month), Math.toIntExact(monthDay));
    return true;
  }

  /** The year of the day that was said without one. */
  boolean year(int year) {
    LocalDate known = date;
    if (known == null || yearGiven) {
      return false;
    }
    date = known.withYear(year);
    yearGiven = true;
    return true;
  }

  /** A time of day; a leap second is the second before it. */
  boolean time(long hour, long minute, long second) {
    if (time != null) {
      return false;
    }
    time =
        LocalTime.of(
            Math.toIntExact(hour), Math.toIntExact(minute), (int) (second == 60 ? 59 : second));
    return true;
  }

  /** The zone of all this, instead of that of now. */
  boolean zone(ZoneId inZone) {
    if (zone != null) {
      return false;
    }
    zone = inZone;
    return true;
  }

  /** A day of the week, and which one of them: 0 is today or the next, 1 the next, -1 the last. */
  boolean weekday(DayOfWeek weekday, long ordinal) {
    if (day != null) {
      return false;
    }
    day = weekday;
    dayOrdinal = ordinal;
    return true;
  }

  /** So many steps from there; they add up. */
  boolean move(DateWords.Step step, long count) {
    return relatives.add(new Relative(step, count));
  }

  /** The moment. */
  Instant join() {
    ZoneId inZone = zone == null ? now.getZone() : zone;
    LocalDateTime here = now.withZoneSameInstant(inZone).toLocalDateTime();
    LocalDate onDate = date == null ? here.toLocalDate() : date;
    LocalTime atTime = time;
    if (atTime == null) {
      // A text of blanks only means today's midnight, in the real tool as well.
      boolean midnight = date != null || day != null || blank;
      atTime = midnight ? LocalTime.MIDNIGHT : here.toLocalTime();
    }
    if (day != null && date == null) {
      onDate = onDate.plusDays(daysTo(onDate.getDayOfWeek(), day));
    }
    ZonedDateTime result = add(onDate).atTime(atTime).atZone(inZone);
    for (Relative relative : relatives) {
      if (!relative.step().unit().isDateBased()) {
        result = result.plus(amount(relative), relative.step().unit());
      }
    }
    return result.toInstant();
  }

  /** Months come first and days last, so that a month after January 31 is March 3, as in C. */
  private LocalDate add(LocalDate start) {
    long years = 0;
    long months = 0;
    long days = start.getDayOfMonth() - 1;
    for (Relative relative : relatives) {
      switch (relative.step().unit()) {
        case YEARS -> years = Math.addExact(years, amount(relative));
        case MONTHS -> months = Math.addExact(months, amount(relative));
        case DAYS -> days = Math.addExact(days, amount(relative));
        default -> {
          // Hours and less are added to the moment.
        }
      }
    }
    return start.withDayOfMonth(1).plusYears(years).plusMonths(months).plusDays(days);
  }

  /** A day's name is today or the next one of that name; {@code next} is one that is not today. */
  private long daysTo(DayOfWeek from, DayOfWeek to) {
    int ahead = Math.floorMod(to.getValue() - from.getValue(), 7);
    boolean skipsToday = dayOrdinal > 0 && ahead != 0;
    return ahead + 7 * (dayOrdinal - (skipsToday ? 1 : 0));
  }

  private static long amount(Relative relative) {
    return Math.multiplyExact(relative.count(), (long) relative.step().count());
  }
}
