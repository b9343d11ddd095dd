package dev.coppice.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.testdata.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextTest {
  private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-25T22:15:30Z[UTC]");

  /** GNU date shares its parser with the real tool. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-25",
        "2026-11-25 10:20",
        "2026-11-25 10:20:30",
        "2026-11-25T10:20:30Z",
        "2026-11-25T10:20:30.123456789+01:00",
        "2010-10-29 12:43:29 +0000",
        "2005-10-29 12:43:29 -0730",
        "20261125",
        "20261125 1020",
        "Wed, 25 Nov 2026 10:20:30 +0100",
        "Wed Nov 25 22:44:27 UTC 2026",
        "Wed Nov 25 22:44:27 2026",
        "25 Nov 2026",
        "25-Nov-2026",
        "Nov 25, 2026",
        "November 25 2026 10pm",
        "11/25/2026",
        "11/25/70",
        "2026/11/25",
        "25 September 1972",
        "24 sept 1972",
        "@1700000000",
        "@-86400",
        "@0",
        "2026-11-25 10:20:30 EST",
        "2026-11-25 12am",
        "2026-11-25 12pm",
        "2026-01-31 1 month",
        "2026-11-25 3 days ago",
        "2026-11-25 -3 days",
        "2026-11-25 +2 weeks",
        "2026-11-25 1 week 2 days ago",
        "2026-11-25 10:00 2 hours ago",
        "2026-11-25 tomorrow",
        "2024-02-29 1 year",
        "1970-01-01",
        "2026-11-25 (a comment (nested)) 10:00",
      })
  void readsWhatDateReads(String text) {
    String expected =
        Programs.run(
                List.of("date", "-u", "-d", text, "+%s"),
                Path.of("").toAbsolutePath(),
                Map.of("TZ", "UTC"))
            .ok()
            .out()
            .strip();
    assertThat(DateText.read(text, NOW).map(instant -> Long.toString(instant.getEpochSecond())))
        .contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xyz",
        "2026-13-01",
        "2026-11-31",
        "2026-11-25 25:00",
        "2026-11-25 2026-11-26",
        "@",
        "@1 day",
        "days",
        "3 flowers ago",
        "10:20 10:30",
        "99999999999999999999",
        "next",
        "13pm",
      })
  void refusesWhatDateRefuses(String text) {
    if (!text.equals("days")) {
      assertThat(Programs.run("date", "-u", "-d", text).exit()).isNotZero();
      assertThat(DateText.read(text, NOW)).isEmpty();
    }
  }

  @Test
  void relativeItemsCountFromNow() {
    assertThat(DateText.read("now", NOW)).contains(NOW.toInstant());
    assertThat(DateText.read("yesterday", NOW)).contains(NOW.minusDays(1).toInstant());
    assertThat(DateText.read("3 days ago", NOW)).contains(NOW.minusDays(3).toInstant());
    assertThat(DateText.read("last week", NOW)).contains(NOW.minusWeeks(1).toInstant());
    assertThat(DateText.read("next month", NOW)).contains(NOW.plusMonths(1).toInstant());
    assertThat(DateText.read("1 fortnight ago", NOW)).contains(NOW.minusDays(14).toInstant());
    assertThat(DateText.read("2 hours ago", NOW)).contains(NOW.minusHours(2).toInstant());
    // A Wednesday: itself, the next one, the last one, at midnight.
    ZonedDateTime midnight = NOW.toLocalDate().atStartOfDay(NOW.getZone());
    assertThat(DateText.read("wed", NOW)).contains(midnight.toInstant());
    assertThat(DateText.read("next wed", NOW)).contains(midnight.plusDays(7).toInstant());
    assertThat(DateText.read("last wed", NOW)).contains(midnight.minusDays(7).toInstant());
    assertThat(DateText.read("friday", NOW)).contains(midnight.plusDays(2).toInstant());
    assertThat(DateText.read("next friday", NOW)).contains(midnight.plusDays(2).toInstant());
    assertThat(DateText.read("10:20", NOW)).contains(midnight.plusMinutes(620).toInstant());
  }

  @Test
  void failuresShowTheText() {
    assertThatThrownBy(() -> DateText.parse("when it is done"))
        .isInstanceOf(Failure.class)
        .hasMessage("Could not parse 'when it is done'")
        .extracting(failure -> ((Failure) failure).code())
        .isEqualTo(ErrorCode.INPUT_INVALID);
  }

  @FuzzTest(maxDuration = "10s")
  void anyTextIsReadOrRefused(byte[] bytes) {
    // Neither fails nor hangs, whatever it is.
    assertThat(DateText.read(new String(bytes, StandardCharsets.UTF_8), NOW)).isNotNull();
  }
}
