/** Prune: removes objects that no ref reaches. */
@NullMarked
package dev.coppice.core.prune;

import org.jspecify.annotations.NullMarked;
