package dev.coppice.reposerver.mirror;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a mirror at one moment, since the server was started.
 *
 * @param running whether a run is under way
 * @param due when the next run starts, or when the one under way was started
 * @param good runs that did all they should
 * @param failed runs that did not
 * @param failedInRow runs that did not since the last good one
 * @param last the last good run
 * @param transferred sum of all runs
 */
public record MirrorStatus(
    String name,
    boolean running,
    Instant due,
    long good,
    long failed,
    int failedInRow,
    Optional<GoodRun> last,
    Transferred transferred) {
  /**
   * A run that did all it should.
   *
   * @param end when it ended
   * @param seconds time it took
   */
  public record GoodRun(Instant end, double seconds) {}

  /**
   * What runs brought.
   *
   * @param bytes that came over the network
   * @param refs that changed
   */
  public record Transferred(long bytes, long refs) {
    static final Transferred NOTHING = new Transferred(0, 0);

    Transferred plus(Transferred other) {
      return new Transferred(bytes + other.bytes, refs + other.refs);
    }
  }

  static MirrorStatus fresh(String name, Instant due) {
    return new MirrorStatus(name, false, due, 0, 0, 0, Optional.empty(), Transferred.NOTHING);
  }

  MirrorStatus started(Instant now) {
    return new MirrorStatus(name, true, now, good, failed, failedInRow, last, transferred);
  }

  MirrorStatus waiting(Instant next) {
    return new MirrorStatus(name, false, next, good, failed, failedInRow, last, transferred);
  }

  MirrorStatus succeeded(GoodRun run, Transferred more) {
    return new MirrorStatus(
        name, false, due, good + 1, failed, 0, Optional.of(run), transferred.plus(more));
  }

  MirrorStatus failed(Transferred more) {
    return new MirrorStatus(
        name, false, due, good, failed + 1, failedInRow + 1, last, transferred.plus(more));
  }
}
