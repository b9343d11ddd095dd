package dev.coppice.transfer.delta.plan;

import dev.coppice.transfer.delta.DeltaName;
import java.util.List;

/**
 * What is to happen to each delta that is there or is wanted: first those that are kept or made,
 * most useful first, then those that go.
 *
 * @param decisions one for each delta
 */
public record DeltaPlan(List<Decision> decisions) {
  /** What happens to a delta. */
  public enum Action {
    /** It is there and stays. */
    KEEP,
    /** It is not there and is made. */
    MAKE,
    /** It is there and goes. */
    DROP,
    /** It is not there, and is not worth its space. */
    OMIT
  }

  /**
   * The decision about one delta.
   *
   * @param delta which one
   * @param action what happens
   * @param use what it is for, or why it goes
   * @param size bytes to download with it
   * @param saves what a client that uses it does not download
   * @param share of the clients that are expected to use it, from 0 to 1
   */
  public record Decision(
      DeltaName delta, Action action, String use, Size size, long saves, double share) {}

  /**
   * A size.
   *
   * @param bytes how many
   * @param estimated whether the delta is not there to be measured
   */
  public record Size(long bytes, boolean estimated) {}

  /** Copies the list. */
  public DeltaPlan {
    decisions = List.copyOf(decisions);
  }

  /** The decisions of one kind, in order. */
  public List<Decision> of(Action action) {
    return decisions.stream().filter(each -> each.action() == action).toList();
  }

  /** Bytes of the deltas that there are in the end. */
  public long bytes() {
    return decisions.stream()
        .filter(each -> each.action() == Action.KEEP || each.action() == Action.MAKE)
        .mapToLong(each -> each.size().bytes())
        .sum();
  }
}
