package dev.coppice.reposerver.delta;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the deltas of one section, since the server was started.
 *
 * @param running whether they are being brought up to date
 * @param good runs that did all they should
 * @param failedInRow runs that did not since the last good one
 * @param failed runs that did not
 * @param made deltas that were made
 * @param bytes of the deltas that there are, after the last good run
 * @param last when the last good run ended
 */
public record DeltaStatus(
    String name,
    boolean running,
    long good,
    int failedInRow,
    long failed,
    long made,
    long bytes,
    Optional<Instant> last) {
  static DeltaStatus fresh(String name) {
    return new DeltaStatus(name, false, 0, 0, 0, 0, 0, Optional.empty());
  }

  DeltaStatus started() {
    return new DeltaStatus(name, true, good, failedInRow, failed, made, bytes, last);
  }

  DeltaStatus succeeded(Instant end, int more, long total) {
    return new DeltaStatus(name, false, good + 1, 0, failed, made + more, total, Optional.of(end));
  }

  DeltaStatus ended() {
    return new DeltaStatus(name, false, good, failedInRow, failed, made, bytes, last);
  }

  DeltaStatus failedOnce() {
    return new DeltaStatus(name, false, good, failedInRow + 1, failed + 1, made, bytes, last);
  }
}
