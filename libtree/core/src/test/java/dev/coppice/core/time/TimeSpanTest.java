package dev.coppice.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.Failure;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "90, PT90S",
    "90s, PT90S",
    "250ms, PT0.25S",
    "10min, PT10M",
    "1h 30min, PT90M",
    "1h30m, PT90M",
    "2 days 3 hours, PT51H",
    "2w, P14D",
    "1M, PT730H30M",
    "1y, PT8766H",
  })
  void unitsAreThoseOfSystemd(String text, Duration expected) {
    assertThat(TimeSpan.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "h", "1x", "-1s", "1.5h", "1h,2m", "999999999999y", "1001y", "1h-"})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> TimeSpan.parse(text))
        .isInstanceOf(Failure.class)
        .hasMessage("Invalid time span '" + text + "'");
  }
}
