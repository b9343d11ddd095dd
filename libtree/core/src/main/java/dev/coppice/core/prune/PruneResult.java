package dev.coppice.core.prune;

/**
 * What a prune found and did.
 *
 * @param total objects that were looked at, of the kinds that were asked for
 * @param pruned objects that were deleted, or would be
 * @param freedBytes what they took in the repository
 */
public record PruneResult(long total, long pruned, long freedBytes) {}
