/** Tests of {@code pull}. */
@NullMarked
package dev.coppice.cli.pull;

import org.jspecify.annotations.NullMarked;
