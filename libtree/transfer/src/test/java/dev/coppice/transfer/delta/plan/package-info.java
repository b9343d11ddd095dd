/** Tests of the plans of deltas. */
@NullMarked
package dev.coppice.transfer.delta.plan;

import org.jspecify.annotations.NullMarked;
