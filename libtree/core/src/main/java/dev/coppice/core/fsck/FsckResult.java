package dev.coppice.core.fsck;

import dev.coppice.core.failure.TreeException;
import java.util.List;

/**
 * What fsck found.
 *
 * @param commits complete commits, whose objects were verified
 * @param partialCommits commits that were marked as partial before, whose objects were not verified
 * @param damagedCommits those of them that an earlier fsck marked
 * @param objects objects that were verified
 * @param findings damaged and missing objects, ordered by object
 * @param problems refs that lead nowhere, and bindings that do not hold, in the order of checks
 */
public record FsckResult(
    int commits,
    int partialCommits,
    int damagedCommits,
    long objects,
    List<Finding> findings,
    List<TreeException> problems) {
  /** Copies the lists. */
  public FsckResult {
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
  }

  /** Whether everything is in order. */
  public boolean clean() {
    return findings.isEmpty() && problems.isEmpty() && damagedCommits == 0;
  }
}
