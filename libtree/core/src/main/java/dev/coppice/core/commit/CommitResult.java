package dev.coppice.core.commit;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Transaction;

/**
 * A commit that was made.
 *
 * @param commit the new commit, or the parent when nothing was changed
 * @param made false when the tree is that of the parent and the request wanted no commit then
 * @param stats what was written; all 0 when no commit was made
 * @param linksRecognised files that were hard links into the repository and were not read
 */
public record CommitResult(
    Checksum commit, boolean made, Transaction.Stats stats, long linksRecognised) {}
