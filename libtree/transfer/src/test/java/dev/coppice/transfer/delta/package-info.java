/** Tests of the format of static deltas: what real tools made, and bytes that are none. */
@NullMarked
package dev.coppice.transfer.delta;

import org.jspecify.annotations.NullMarked;
