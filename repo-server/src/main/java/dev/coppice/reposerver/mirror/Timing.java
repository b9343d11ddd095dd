package dev.coppice.reposerver.mirror;

import dev.coppice.transfer.mirror.ConfiguredMirror.Schedule;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a mirror waits for its next run. */
record Timing(RandomGenerator random) {
  /** Who restarts a server wants to see soon whether its mirrors work. */
  static final Duration LONGEST_START = Duration.ofSeconds(30);

  /** An upstream that was restarted is back then. */
  static final Duration FIRST_RETRY = Duration.ofMinutes(1);

  /** Even a mirror that runs every minute asks a broken upstream no more often than this, later. */
  static final Duration LONGEST_RETRY = Duration.ofMinutes(15);

  /** Of a file that says 0. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final int MOST_DOUBLINGS = 20;
  private static final int SPREAD = 4;

  /** From the start of the server to the first run. */
  Duration first(Schedule schedule) {
    return upTo(shorter(schedule.jitter(), LONGEST_START));
  }

  /** From the end of a run that did all it should to the next. */
  Duration afterSuccess(Schedule schedule) {
    return longer(schedule.interval(), SHORTEST).plus(upTo(schedule.jitter()));
  }

  /**
   * From the end of a run that failed to the next: soon after the first failure, then each time
   * twice as long, up to the interval, or a quarter of an hour if that is longer.
   *
   * @param failures runs that failed without a good one between, 1 or more
   */
  Duration afterFailure(Schedule schedule, int failures) {
    Duration shortest = longer(shorter(schedule.interval(), FIRST_RETRY), SHORTEST);
    Duration longest = longer(schedule.interval(), LONGEST_RETRY);
    Duration wait = shortest.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    wait = shorter(wait, longest);
    return wait.plus(upTo(shorter(wait.dividedBy(SPREAD), schedule.jitter())));
  }

  private Duration upTo(Duration most) {
    return most.toMillis() <= 0
        ? Duration.ZERO
        : Duration.ofMillis(random.nextLong(most.toMillis() + 1));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
