package dev.coppice.transfer.delta.apply;

import dev.coppice.transfer.delta.DeltaName;

/**
 * A delta that was applied.
 *
 * @param stats what came of it
 */
public record DeltaResult(DeltaName name, ApplyStats stats) {}
