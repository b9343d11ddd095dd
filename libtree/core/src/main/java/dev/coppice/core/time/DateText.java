package dev.coppice.core.time;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Reads a date as people write it, the way {@code date -d} and ostree's options do: ISO 8601
 * ({@code 2026-11-25T10:20:30Z}), mail format ({@code Wed, 25 Nov 2026 10:20:30 +0100}),
 * {@code @SECONDS}, {@code 11/25/2026}, {@code 25 Nov}, {@code 10:20pm}, {@code yesterday}, {@code
 * 3 days ago}, {@code last week}, {@code next monday}, and mixtures of them.
 *
 * <p>A date without a time is midnight at its start; a time without a date is today; relative items
 * count from now or from the date beside them. Without a zone the local one counts. Source: the GNU
 * manual "Date input formats", which describes what the real tool's {@code parse_datetime} takes.
 */
public final class DateText {
  private DateText() {}

  /**
   * The moment that a text names.
   *
   * @param now what relative items count from; its zone is the one of texts that name none
   * @return empty when the text cannot be read
   */
  public static Optional<Instant> read(String text, ZonedDateTime now) {
    var parser = new DateParser(text, now);
    try {
      return parser.parse();
    } catch (DateTimeException | ArithmeticException e) {
      // No such day, hour or year; the caller's message shows the text.
      return Optional.empty();
    }
  }

  /**
   * The moment that a text names, counted from now.
   *
   * @throws Failure with {@link ErrorCode#INPUT_INVALID} when the text cannot be read
   */
  public static Instant parse(String text) {
    return read(text, ZonedDateTime.now())
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.INPUT_INVALID,
                    "Could not parse '" + text + "'",
                    "Write a date such as '2026-11-25', '2026-11-25 10:20:30 UTC', '@1700000000' or"
                        + " '3 days ago'."));
  }
}
