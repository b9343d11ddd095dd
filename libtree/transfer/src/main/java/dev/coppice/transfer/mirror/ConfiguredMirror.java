package dev.coppice.transfer.mirror;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A mirror of a configuration file.
 *
 * @param name of its section
 * @param repo where it mirrors into
 * @param request what it mirrors
 * @param schedule when
 */
public record ConfiguredMirror(String name, Path repo, MirrorRequest request, Schedule schedule) {
  /**
   * When a mirror is run.
   *
   * @param interval time from the end of one run to the start of the next
   * @param jitter up to which a random time is added, so that many mirrors do not ask at once
   */
  public record Schedule(Duration interval, Duration jitter) {
    /** Every hour, spread over ten minutes. */
    public static final Schedule DEFAULT =
        new Schedule(Duration.ofHours(1), Duration.ofMinutes(10));
  }
}
