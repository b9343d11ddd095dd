/** {@code static-delta}: making, showing and keeping static deltas. */
@NullMarked
package dev.coppice.cli.delta;

import org.jspecify.annotations.NullMarked;
