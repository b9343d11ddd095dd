/** {@code pull}: what to pull, from where, over what network, and how it is shown. */
@NullMarked
package dev.coppice.cli.pull;

import org.jspecify.annotations.NullMarked;
