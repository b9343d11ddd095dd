package dev.coppice.transfer.delta.route;

import dev.coppice.transfer.delta.DeltaName;
import java.util.List;

/**
 * A way to a commit.
 *
 * @param deltas to apply, in this order; none: its objects are fetched one by one
 * @param cost in bytes, with what requests are worth
 */
public record Route(List<DeltaName> deltas, long cost) {
  /** Copies the list. */
  public Route {
    deltas = List.copyOf(deltas);
  }

  /** Whether no delta is part of it. */
  public boolean isLoose() {
    return deltas.isEmpty();
  }
}
