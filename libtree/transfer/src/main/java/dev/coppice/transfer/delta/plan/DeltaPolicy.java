package dev.coppice.transfer.delta.plan;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.mirror.RefSelection;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What deltas somebody wants.
 *
 * @param refs those that deltas lead to
 * @param last versions before the current one of each ref that deltas start from
 * @param fromScratch whether new machines get a delta as well
 * @param channels refs whose users change to another
 * @param budget bytes that all deltas may take
 * @param grace how long deltas to a version stay after a newer one took its place, for clients that
 *     have the summary of before
 */
public record DeltaPolicy(
    RefSelection refs,
    int last,
    boolean fromScratch,
    List<Channel> channels,
    OptionalLong budget,
    Duration grace) {
  /** Longer than a pull over a slow line takes. */
  public static final Duration DEFAULT_GRACE = Duration.ofHours(24);

  /** Versions that machines are behind which were off for a while. */
  public static final int DEFAULT_LAST = 3;

  /**
   * A change of many machines from one ref to another, as from a testing channel to a stable one.
   *
   * @param from the ref that they have
   * @param to the ref that they get
   */
  public record Channel(String from, String to) {
    /**
     * Reads {@code FROM=TO}.
     *
     * @throws Failure with {@link ErrorCode#INPUT_INVALID}
     */
    public static Channel parse(String text) {
      String[] refs = text.split("=", -1);
      if (refs.length != 2 || refs[0].isEmpty() || refs[1].isEmpty() || refs[0].equals(refs[1])) {
        throw new Failure(
            ErrorCode.INPUT_INVALID,
            "'" + text + "' is not a change from one ref to another",
            "Write the ref that machines have, '=', and the ref that they get.");
      }
      return new Channel(refs[0], refs[1]);
    }
  }

  /** Copies the list and checks the numbers. */
  public DeltaPolicy {
    channels = List.copyOf(channels);
    if (last < 0) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "A negative number of versions: " + last,
          "Give the number of versions before the current one that deltas start from, or 0.");
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace " + grace);
    }
  }
}
