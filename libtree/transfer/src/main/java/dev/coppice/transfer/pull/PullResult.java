package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import java.util.List;
import java.util.Optional;

/**
 * What a pull did.
 *
 * @param metadata commits, dirtrees and dirmetas that came from the source
 * @param content file objects that came from the source
 * @param cachedMetadata metadata objects that came from local caches
 * @param cachedContent file objects that came from local caches
 * @param contentBytes content that was written, without what was linked or copied as it is
 * @param deltaParts parts of static deltas that were applied
 * @param transferred bytes that came over the network
 * @param seconds time it took
 * @param refs refs that moved
 * @param plan what was to be fetched
 */
public record PullResult(
    long metadata,
    long content,
    long cachedMetadata,
    long cachedContent,
    long contentBytes,
    long deltaParts,
    long transferred,
    double seconds,
    List<Moved> refs,
    PullPlan plan) {
  /**
   * A ref that moved.
   *
   * @param ref as it is written in this repository
   * @param from the commit before, if it was there
   */
  public record Moved(String ref, Optional<Checksum> from, Checksum to) {}

  /** Copies the list. */
  public PullResult {
    refs = List.copyOf(refs);
  }
}
