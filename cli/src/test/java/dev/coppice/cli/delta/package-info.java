/** Tests of the commands about static deltas. */
@NullMarked
package dev.coppice.cli.delta;

import org.jspecify.annotations.NullMarked;
