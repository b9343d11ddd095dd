package dev.coppice.reposerver.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;

/** Dates in headers: {@code Sun, 06 Nov 1994 08:49:37 GMT} (RFC 9110, section 5.6.7). */
final class HttpDate {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

  private HttpDate() {}

  /** The text of a time in seconds since 1970. */
  static String text(long seconds) {
    return FORM.format(Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC));
  }

  /** Seconds since 1970; empty when the text is no date, and conditions on it do not count. */
  static OptionalLong seconds(String text) {
    try {
      return OptionalLong.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }
}
