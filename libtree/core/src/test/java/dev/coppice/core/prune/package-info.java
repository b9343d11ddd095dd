/** Prune side by side with the real tool, and interrupted. */
@NullMarked
package dev.coppice.core.prune;

import org.jspecify.annotations.NullMarked;
