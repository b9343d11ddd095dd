/**
 * Which static deltas a repository should have, and keeping it so: what each delta would save its
 * users, what it costs in space, who asked for the ones that were there. The decision is a pure
 * function ({@link dev.coppice.transfer.delta.plan.DeltaPlanner}); what carries it out stands
 * beside it.
 */
@NullMarked
package dev.coppice.transfer.delta.plan;

import org.jspecify.annotations.NullMarked;
