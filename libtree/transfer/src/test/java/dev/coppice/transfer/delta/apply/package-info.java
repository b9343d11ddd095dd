/** Tests of applying static deltas: every attack that is known has a delta of its own. */
@NullMarked
package dev.coppice.transfer.delta.apply;

import org.jspecify.annotations.NullMarked;
