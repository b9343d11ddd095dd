package dev.coppice.transfer.delta.plan;

import dev.coppice.transfer.delta.DeltaName;
import java.util.SortedSet;

/**
 * Deltas that were brought up to date.
 *
 * @param plan what was found at the end: what was made is kept in it, what it drops was deleted
 * @param made deltas that were made, those among them that turned out too large too
 */
public record DeltaPublishResult(DeltaPlan plan, SortedSet<DeltaName> made) {
  /** Whether clients find anything else than before. */
  public boolean changed() {
    return !made.isEmpty() || !plan.of(DeltaPlan.Action.DROP).isEmpty();
  }
}
