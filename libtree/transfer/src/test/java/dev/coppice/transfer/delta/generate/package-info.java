/** Tests of making static deltas: what real clients make of them. */
@NullMarked
package dev.coppice.transfer.delta.generate;

import org.jspecify.annotations.NullMarked;
