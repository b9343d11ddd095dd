package dev.coppice.core.time;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The words that stand in dates; English whatever the locale, as in the real tool. */
final class DateWords {
  private static final String[] MONTHS = {
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december"
  };

  private static final String[] DAYS = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
  };

  private static final Map<String, Step> UNITS =
      Map.ofEntries(
          Map.entry("year", new Step(ChronoUnit.YEARS, 1)),
          Map.entry("month", new Step(ChronoUnit.MONTHS, 1)),
          Map.entry("fortnight", new Step(ChronoUnit.DAYS, 14)),
          Map.entry("week", new Step(ChronoUnit.DAYS, 7)),
          Map.entry("day", new Step(ChronoUnit.DAYS, 1)),
          Map.entry("hour", new Step(ChronoUnit.HOURS, 1)),
          Map.entry("minute", new Step(ChronoUnit.MINUTES, 1)),
          Map.entry("min", new Step(ChronoUnit.MINUTES, 1)),
          Map.entry("second", new Step(ChronoUnit.SECONDS, 1)),
          Map.entry("sec", new Step(ChronoUnit.SECONDS, 1)));

  /** "second" is a unit, not an ordinal: so says the manual. */
  private static final Map<String, Integer> ORDINALS =
      Map.ofEntries(
          Map.entry("last", -1),
          Map.entry("this", 0),
          Map.entry("next", 1),
          Map.entry("first", 1),
          Map.entry("third", 3),
          Map.entry("fourth", 4),
          Map.entry("fifth", 5),
          Map.entry("sixth", 6),
          Map.entry("seventh", 7),
          Map.entry("eighth", 8),
          Map.entry("ninth", 9),
          Map.entry("tenth", 10),
          Map.entry("eleventh", 11),
          Map.entry("twelfth", 12));

  /** Hours east of Greenwich of the zones that the manual names. */
  private static final Map<String, Integer> ZONES =
      Map.ofEntries(
          Map.entry("utc", 0),
          Map.entry("ut", 0),
          Map.entry("gmt", 0),
          Map.entry("z", 0),
          Map.entry("wet", 0),
          Map.entry("west", 1),
          Map.entry("bst", 1),
          Map.entry("cet", 1),
          Map.entry("met", 1),
          Map.entry("cest", 2),
          Map.entry("mest", 2),
          Map.entry("eet", 2),
          Map.entry("eest", 3),
          Map.entry("msk", 3),
          Map.entry("sgt", 8),
          Map.entry("jst", 9),
          Map.entry("est", -5),
          Map.entry("edt", -4),
          Map.entry("cst", -6),
          Map.entry("cdt", -5),
          Map.entry("mst", -7),
          Map.entry("mdt", -6),
          Map.entry("pst", -8),
          Map.entry("pdt", -7));

  /** A unit of relative items, as so many of Java's units. */
  record Step(ChronoUnit unit, int count) {}

  private DateWords() {}

  /** 1 to 12, or empty. A month may be cut to three letters, September to four as well. */
  static OptionalInt month(String word) {
    return word.equals("sept") ? OptionalInt.of(9) : index(MONTHS, word);
  }

  /** 1 for Monday to 7, or empty. */
  static OptionalInt day(String word) {
    return switch (word) {
      case "tues" -> OptionalInt.of(2);
      case "wednes" -> OptionalInt.of(3);
      case "thur", "thurs" -> OptionalInt.of(4);
      default -> index(DAYS, word);
    };
  }

  private static OptionalInt index(String[] names, String word) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(word) || (word.length() == 3 && names[i].startsWith(word))) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }

  /** A unit in singular or plural, or null. */
  static @Nullable Step unit(String word) {
    Step unit = UNITS.get(word);
    return unit == null && word.endsWith("s")
        ? UNITS.get(word.substring(0, word.length() - 1))
        : unit;
  }

  /** The number that a word such as {@code last} or {@code third} stands for, or empty. */
  static OptionalInt ordinal(String word) {
    Integer ordinal = ORDINALS.get(word);
    return ordinal == null ? OptionalInt.empty() : OptionalInt.of(ordinal);
  }

  /** Hours east of Greenwich of a named zone, or empty. */
  static OptionalInt zoneHours(String word) {
    Integer hours = ZONES.get(word);
    return hours == null ? OptionalInt.empty() : OptionalInt.of(hours);
  }

  /** A word in the form in which the tables have it: small letters, no dots. */
  static String normal(String word) {
    return word.replace(".", "").toLowerCase(Locale.ROOT);
  }
}
