package dev.coppice.transfer.pull;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a pull is going to do, before it does it. Counts are exact; sizes are, where they are known:
 * commits tell them when they were made with {@code --generate-sizes}, and a dry run asks the
 * server.
 *
 * @param metadata commits, dirtrees and dirmetas that are new; they have been fetched already
 * @param files file objects that are missing
 * @param download bytes that will come over the network for the files
 * @param disk bytes that the files will take
 * @param free bytes that may be used on the repository's file system
 * @param deltas static deltas that are applied, or have been, before the files are fetched
 */
public record PullPlan(
    long metadata,
    long files,
    OptionalLong download,
    OptionalLong disk,
    long free,
    List<PlannedDelta> deltas) {
  /** Copies the list. */
  public PullPlan {
    deltas = List.copyOf(deltas);
  }
}
