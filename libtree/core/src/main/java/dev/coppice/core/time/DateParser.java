package dev.coppice.core.time;

import dev.coppice.core.time.DateTokens.Token;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of a date, which may stand in any order. Impossible days and times are a {@link
 * java.time.DateTimeException}.
 */
final class DateParser {
  /** Two-digit years up to this one are of this century. Source: POSIX. */
  private static final int LAST_OF_2000S = 68;

  private static final DateWords.Step DAY = new DateWords.Step(ChronoUnit.DAYS, 1);

  private final List<Token> tokens;
  private final DateItems items;
  private int at;

  DateParser(String text, ZonedDateTime now) {
    this.tokens = DateTokens.cut(text);
    this.items = new DateItems(now, text.isBlank());
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
    return Optional.of(items.join());
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
    return items.hasTime() && !items.hasZone() && offset(0);
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
    return items.date(year(year), month.value(), monthDay.value());
  }

  /** {@code MONTH/DAY}, {@code MONTH/DAY/YEAR} or {@code YEAR/MONTH/DAY}. */
  private boolean slashes(Token.Number first) {
    var second = (Token.Number) tokens.get(at + 2);
    if (!isSign(at + 3, '/')) {
      at += 3;
      return items.date(OptionalInt.empty(), first.value(), second.value());
    }
    if (!(peek(at + 4) instanceof Token.Number third)) {
      return false;
    }
    at += 5;
    return first.length() >= 4
        ? items.date(year(first), second.value(), third.value())
        : items.date(year(third), first.value(), second.value());
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
      return items.date(year(number), found.getAsInt(), monthDay.value());
    }
    return !dashed && items.date(OptionalInt.empty(), found.getAsInt(), monthDay.value());
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
    return items.time(hour, minute, second);
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
    return items.time(hour % 12 + (afternoon ? 12 : 0), minute, second);
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
    return items.zone(ZoneOffset.ofTotalSeconds(Math.addExact(baseHours * 3600, seconds)));
  }

  /** A number on its own: a year behind a date, {@code YYYYMMDD}, {@code HHMM} or {@code HH}. */
  private boolean plain(Token.Number number) {
    at++;
    if (items.lacksYear() && items.hasTime() && number.length() > 2) {
      return items.year(Math.toIntExact(number.value()));
    }
    if (number.length() > 4) {
      long value = number.value();
      return items.date(
          OptionalInt.of(Math.toIntExact(value / 10_000)), value / 100 % 100, value % 100);
    }
    return number.length() <= 2
        ? items.time(number.value(), 0, 0)
        : items.time(number.value() / 100, number.value() % 100, 0);
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
      case "yesterday" -> items.move(DAY, -1);
      case "tomorrow" -> items.move(DAY, 1);
      default -> false;
    };
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
      return items.date(year(number), month, monthDay.value());
    }
    return items.date(OptionalInt.empty(), month, monthDay.value());
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
    at++;
    return items.weekday(DayOfWeek.of(weekday), ordinal);
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
    return items.move(step, ago ? Math.negateExact(count) : count);
  }

  private boolean zone(int hours) {
    if (items.hasZone()) {
      return false;
    }
    at++;
    boolean signed = isSign(at, '+') || isSign(at, '-');
    if (signed
        && peek(at + 1) instanceof Token.Number
        && !(peek(at + 2) instanceof Token.Word(String word) && DateWords.unit(word) != null)) {
      return offset(hours);
    }
    return items.zone(ZoneOffset.ofHours(hours));
  }

  private static OptionalInt year(Token.Number number) {
    int year = Math.toIntExact(number.value());
    if (number.length() <= 2) {
      year += year <= LAST_OF_2000S ? 2000 : 1900;
    }
    return OptionalInt.of(year);
  }

  private @Nullable Token peek(int position) {
    return position < tokens.size() ? tokens.get(position) : null;
  }

  private boolean isSign(int position, char sign) {
    return peek(position) instanceof Token.Sign(char found) && found == sign;
  }
}
