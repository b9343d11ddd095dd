package dev.coppice.core.time;

import dev.coppice.core.time.DateTokens.Token;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of a date, which may stand in any order, and joins them. Impossible days and
 * times are a {@link java.time.DateTimeException}.
 */
final class DateParser {
  /** Two-digit years up to this one are of this century. Source: POSIX. */
  private static final int LAST_OF_2000S = 68;

  private record Relative(DateWords.Step step, long count) {}

  private final List<Token> tokens;
  private final ZonedDateTime now;
  private final String text;
  private int at;

  private @Nullable LocalDate date;
  private boolean yearGiven;
  private @Nullable LocalTime time;
  private @Nullable ZoneId zone;
  private @Nullable DayOfWeek day;
  private long dayOrdinal;
  private final List<Relative> relatives = new ArrayList<>();

  DateParser(String text, ZonedDateTime now) {
    this.text = text;
    this.tokens = DateTokens.cut(text);
    this.now = now;
  }

  Optional<Instant> parse() {
    if (isSign(0, '@')) {
      return seconds();
    }
    while (at < tokens.size()) {
      if (!item()) {
        return Optional.empty();
      }
    }
    return Optional.of(join());
  }

  /** {@code @SECONDS} with an optional sign and fraction, which stand alone. */
  private Optional<Instant> seconds() {
    int next = at + 1;
    boolean negative = isSign(next, '-');
    if (negative || isSign(next, '+')) {
      next++;
    }
    if (!(peek(next) instanceof Token.Number(long value, int _))) {
      return Optional.empty();
    }
    next++;
    boolean fraction = isSign(next, '.') || isSign(next, ',');
    if (fraction && !(peek(next + 1) instanceof Token.Number)) {
      return Optional.empty();
    }
    if (next + (fraction ? 2 : 0) != tokens.size()) {
      return Optional.empty();
    }
    // Seconds are all that callers use; -1.5 lies in the second that starts at -2.
    long whole = negative ? (fraction ? -value - 1 : -value) : value;
    return Optional.of(Instant.ofEpochSecond(whole));
  }

  private boolean item() {
    return switch (tokens.get(at)) {
      case Token.Sign(char sign) -> sign(sign);
      case Token.Number number -> number(number);
      case Token.Word(String word) -> word(word);
    };
  }

  private boolean sign(char sign) {
    if (sign == ',') {
      at++;
      return true;
    }
    if ((sign != '+' && sign != '-') || !(peek(at + 1) instanceof Token.Number number)) {
      return false;
    }
    if (peek(at + 2) instanceof Token.Word(String word) && DateWords.unit(word) != null) {
      at += 2;
      return relative(sign == '-' ? -number.value() : number.value());
    }
    return time != null && zone == null && offset(0);
  }

  private boolean number(Token.Number number) {
    Token next = peek(at + 1);
    if (next instanceof Token.Sign(char sign)) {
      boolean digits = peek(at + 2) instanceof Token.Number;
      if (sign == ':' && digits) {
        return clock();
      }
      if (sign == '/' && digits) {
        return slashes(number);
      }
      if (sign == '-' && digits && isSign(at + 3, '-')) {
        return iso(number);
      }
      if (sign == '-' && peek(at + 2) instanceof Token.Word(String word)) {
        return dayMonth(number, word, 3);
      }
    }
    if (next instanceof Token.Word(String word)) {
      if (isHalf(word)) {
        at++;
        return half(number.value(), 0, 0);
      }
      if (DateWords.month(word).isPresent()) {
        return dayMonth(number, word, 2);
      }
      if (DateWords.unit(word) != null) {
        at++;
        return relative(number.value());
      }
    }
    return plain(number);
  }

  /** {@code YEAR-MONTH-DAY}, then perhaps {@code T} and a time. */
  private boolean iso(Token.Number year) {
    if (!(peek(at + 2) instanceof Token.Number month)
        || !(peek(at + 4) instanceof Token.Number monthDay)) {
      return false;
    }
    at += 5;
    if (peek(at) instanceof Token.Word(String word) && word.equals("t")) {
      at++;
    }
    return date(year(year), month.value(), monthDay.value());
  }

  /** {@code MONTH/DAY}, {@code MONTH/DAY/YEAR} or {@code YEAR/MONTH/DAY}. */
  private boolean slashes(Token.Number first) {
    var second = (Token.Number) tokens.get(at + 2);
    if (!isSign(at + 3, '/')) {
      at += 3;
      return date(OptionalInt.empty(), first.value(), second.value());
    }
    if (!(peek(at + 4) instanceof Token.Number third)) {
      return false;
    }
    at += 5;
    return first.length() >= 4
        ? date(year(first), second.value(), third.value())
        : date(year(third), first.value(), second.value());
  }

  /** {@code DAY MONTH}, perhaps with a year behind it, joined by blanks or dashes. */
  private boolean dayMonth(Token.Number monthDay, String month, int length) {
    OptionalInt found = DateWords.month(month);
    if (found.isEmpty()) {
      return false;
    }
    at += length;
    boolean dashed = length == 3;
    if (dashed && !isSign(at, '-')) {
      return false;
    }
    int yearAt = dashed ? at + 1 : at;
    if (peek(yearAt) instanceof Token.Number number && (dashed || isYear(yearAt))) {
      at = yearAt + 1;
      return date(year(number), found.getAsInt(), monthDay.value());
    }
    return !dashed && date(OptionalInt.empty(), found.getAsInt(), monthDay.value());
  }

  /**
   * Whether a number behind a day and month is a year, not the start of a time or relative item.
   */
  private boolean isYear(int position) {
    Token next = peek(position + 1);
    if (next instanceof Token.Word(String word)) {
      return DateWords.unit(word) == null && !isHalf(word);
    }
    return !isSign(position + 1, ':');
  }

  /** {@code HOUR:MINUTE}, seconds, a fraction, am or pm, an offset. */
  private boolean clock() {
    long hour = ((Token.Number) tokens.get(at)).value();
    long minute = ((Token.Number) tokens.get(at + 2)).value();
    long second = 0;
    at += 3;
    if (isSign(at, ':') && peek(at + 1) instanceof Token.Number seconds) {
      second = seconds.value();
      at += 2;
      if ((isSign(at, '.') || isSign(at, ',')) && peek(at + 1) instanceof Token.Number) {
        // Seconds are all that callers use.
        at += 2;
      }
    }
    if (peek(at) instanceof Token.Word(String word) && isHalf(word)) {
      return half(hour, minute, second);
    }
    return time(hour, minute, second);
  }

  private static boolean isHalf(String word) {
    return word.equals("am") || word.equals("pm");
  }

  /** A time on a clock of twelve hours; the word is the current token. */
  private boolean half(long hour, long minute, long second) {
    if (hour < 1 || hour > 12) {
      return false;
    }
    boolean afternoon = ((Token.Word) tokens.get(at)).text().equals("pm");
    at++;
    return time(hour % 12 + (afternoon ? 12 : 0), minute, second);
  }

  /** {@code +HH}, {@code +HHMM} or {@code +HH:MM}; the sign is the current token. */
  private boolean offset(int baseHours) {
    boolean west = isSign(at, '-');
    var number = (Token.Number) tokens.get(at + 1);
    at += 2;
    long minutes;
    if (isSign(at, ':') && peek(at + 1) instanceof Token.Number rest) {
      minutes = number.value() * 60 + rest.value();
      at += 2;
    } else if (number.length() <= 2) {
      minutes = number.value() * 60;
    } else {
      minutes = number.value() / 100 * 60 + number.value() % 100;
    }
    int seconds = Math.toIntExact(Math.multiplyExact(west ? -minutes : minutes, 60L));
    zone = ZoneOffset.ofTotalSeconds(Math.addExact(baseHours * 3600, seconds));
    return true;
  }

  /** A number on its own: a year behind a date, {@code YYYYMMDD}, {@code HHMM} or {@code HH}. */
  private boolean plain(Token.Number number) {
    at++;
    LocalDate known = date;
    if (known != null && !yearGiven && time != null && number.length() > 2) {
      date = known.withYear(Math.toIntExact(number.value()));
      yearGiven = true;
      return true;
    }
    if (number.length() > 4) {
      long value = number.value();
      return date(OptionalInt.of(Math.toIntExact(value / 10_000)), value / 100 % 100, value % 100);
    }
    return number.length() <= 2
        ? time(number.value(), 0, 0)
        : time(number.value() / 100, number.value() % 100, 0);
  }

  private boolean word(String word) {
    OptionalInt month = DateWords.month(word);
    if (month.isPresent()) {
      return monthDay(month.getAsInt());
    }
    OptionalInt ordinal = DateWords.ordinal(word);
    if (ordinal.isPresent()) {
      at++;
      return ordinal(ordinal.getAsInt());
    }
    if (DateWords.unit(word) != null) {
      return relative(1);
    }
    OptionalInt weekday = DateWords.day(word);
    if (weekday.isPresent()) {
      return weekday(weekday.getAsInt(), 0);
    }
    OptionalInt hours = DateWords.zoneHours(word);
    if (hours.isPresent()) {
      return zone(hours.getAsInt());
    }
    at++;
    return switch (word) {
      case "now", "today" -> true;
      case "yesterday" -> add(-1);
      case "tomorrow" -> add(1);
      default -> false;
    };
  }

  private boolean add(int days) {
    return relatives.add(new Relative(new DateWords.Step(ChronoUnit.DAYS, 1), days));
  }

  /** {@code MONTH DAY}, perhaps with a year behind it. */
  private boolean monthDay(int month) {
    int dayAt = isSign(at + 1, '-') ? at + 2 : at + 1;
    if (!(peek(dayAt) instanceof Token.Number monthDay)) {
      return false;
    }
    at = dayAt + 1;
    int yearAt = isSign(at, ',') || (dayAt > 0 && isSign(at, '-')) ? at + 1 : at;
    if (peek(yearAt) instanceof Token.Number number && isYear(yearAt)) {
      at = yearAt + 1;
      return date(year(number), month, monthDay.value());
    }
    return date(OptionalInt.empty(), month, monthDay.value());
  }

  private boolean ordinal(int ordinal) {
    if (!(peek(at) instanceof Token.Word(String word))) {
      return false;
    }
    OptionalInt weekday = DateWords.day(word);
    return weekday.isPresent()
        ? weekday(weekday.getAsInt(), ordinal)
        : DateWords.unit(word) != null && relative(ordinal);
  }

  private boolean weekday(int weekday, int ordinal) {
    if (day != null) {
      return false;
    }
    day = DayOfWeek.of(weekday);
    dayOrdinal = ordinal;
    at++;
    return true;
  }

  /** A relative item whose unit is the current token; "ago" behind it turns it round. */
  private boolean relative(long count) {
    if (!(peek(at) instanceof Token.Word(String word))) {
      return false;
    }
    DateWords.Step step = DateWords.unit(word);
    if (step == null) {
      return false;
    }
    at++;
    boolean ago = peek(at) instanceof Token.Word(String next) && next.equals("ago");
    if (ago) {
      at++;
    }
    return relatives.add(new Relative(step, ago ? Math.negateExact(count) : count));
  }

  private boolean zone(int hours) {
    if (zone != null) {
      return false;
    }
    at++;
    boolean signed = isSign(at, '+') || isSign(at, '-');
    if (signed
        && peek(at + 1) instanceof Token.Number
        && !(peek(at + 2) instanceof Token.Word(String word) && DateWords.unit(word) != null)) {
      return offset(hours);
    }
    zone = ZoneOffset.ofHours(hours);
    return true;
  }

  private boolean date(OptionalInt year, long month, long monthDay) {
    if (date != null) {
      return false;
    }
    yearGiven = year.isPresent();
    date =
        LocalDate.of(year.orElse(now.getYear()), Math.toIntExact(month), Math.toIntExact(monthDay));
    return true;
  }

  private static OptionalInt year(Token.Number number) {
    int year = Math.toIntExact(number.value());
    if (number.length() <= 2) {
      year += year <= LAST_OF_2000S ? 2000 : 1900;
    }
    return OptionalInt.of(year);
  }

  private boolean time(long hour, long minute, long second) {
    if (time != null) {
      return false;
    }
    // A leap second is the second before it.
    time =
        LocalTime.of(
            Math.toIntExact(hour), Math.toIntExact(minute), (int) (second == 60 ? 59 : second));
    return true;
  }

  private Instant join() {
    ZoneId inZone = zone == null ? now.getZone() : zone;
    LocalDateTime here = now.withZoneSameInstant(inZone).toLocalDateTime();
    LocalDate onDate = date == null ? here.toLocalDate() : date;
    LocalTime atTime = time;
    if (atTime == null) {
      // A text of blanks only means today's midnight, in the real tool as well.
      boolean midnight = date != null || day != null || text.isBlank();
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

  private @Nullable Token peek(int position) {
    return position < tokens.size() ? tokens.get(position) : null;
  }

  private boolean isSign(int position, char sign) {
    return peek(position) instanceof Token.Sign(char found) && found == sign;
  }
}
