package dev.coppice.transfer.delta.plan;

import dev.coppice.core.object.Checksum;
import java.time.Instant;
import java.util.List;

/**
 * The versions of a ref.
 *
 * @param ref its name
 * @param commits newest first, as far as they are whole in the repository; at least one
 * @param since when the newest took the place of the one before
 */
public record RefHistory(String ref, List<Checksum> commits, Instant since) {
  /** Copies the list. */
  public RefHistory {
    commits = List.copyOf(commits);
  }

  /** The version that clients get. */
  Checksum tip() {
    return commits.getFirst();
  }
}
