package dev.coppice.transfer.mirror;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a mirror keeps beside the commits that its refs point to. Without a number and without an
 * age it keeps everything; with both, what either asks for.
 *
 * @param keep newest commits of each ref that are kept, the current one counted
 * @param youngerThan commits that were made within this time are kept
 * @param grace how long something stays after it was promised to clients for the last time
 */
public record Retention(OptionalInt keep, Optional<Duration> youngerThan, Duration grace) {
  /** Longer than a pull over a slow line takes. */
  public static final Duration DEFAULT_GRACE = Duration.ofHours(24);

  /** Keeps everything. */
  public static final Retention EVERYTHING =
      new Retention(OptionalInt.empty(), Optional.empty(), DEFAULT_GRACE);

  /** Checks the numbers. */
  public Retention {
    if (keep.isPresent() && keep.getAsInt() < 1) {
      throw new IllegalArgumentException("keep " + keep.getAsInt());
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace " + grace);
    }
  }

  /** Whether anything is ever given up of a ref that is there. */
  boolean limited() {
    return keep.isPresent() || youngerThan.isPresent();
  }
}
