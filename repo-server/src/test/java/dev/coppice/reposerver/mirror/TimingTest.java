package dev.coppice.reposerver.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.transfer.mirror.ConfiguredMirror.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static final Duration NONE = Duration.ZERO;
  private final Timing timing = new Timing(new Random(1));

  private List<Long> retries(Schedule schedule, int count) {
    var seconds = new ArrayList<Long>();
    for (int i = 1; i <= count; i++) {
      seconds.add(timing.afterFailure(schedule, i).toSeconds());
    }
    return seconds;
  }

  @Test
  void failuresAreRepeatedSoonAndThenLessAndLess() {
    var hourly = new Schedule(Duration.ofHours(1), NONE);
    assertThat(retries(hourly, 9))
        .containsExactly(60L, 120L, 240L, 480L, 960L, 1920L, 3600L, 3600L, 3600L);
    var quick = new Schedule(Duration.ofSeconds(10), NONE);
    assertThat(retries(quick, 9)).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 900L, 900L);
    assertThat(timing.afterFailure(hourly, Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void chanceSpreadsWhatWouldComeAtTheSameMoment() {
    var schedule = new Schedule(Duration.ofHours(1), Duration.ofMinutes(10));
    var seen = new HashSet<Duration>();
    for (int i = 0; i < 1000; i++) {
      Duration next = timing.afterSuccess(schedule);
      assertThat(next).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(70));
      assertThat(timing.first(schedule)).isBetween(NONE, Timing.LONGEST_START);
      assertThat(timing.afterFailure(schedule, 1))
          .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(75));
      seen.add(next);
    }
    assertThat(seen).hasSizeGreaterThan(900);
  }

  @Test
  void nobodySpins() {
    var schedule = new Schedule(NONE, NONE);
    assertThat(timing.afterSuccess(schedule)).isPositive();
    assertThat(timing.afterFailure(schedule, 1)).isPositive();
  }
}
