/**
 * Fsck: verifies refs, commits and every object that commits reach. It goes on after damage, so
 * that one run tells everything, with the commits and paths that need the damaged objects.
 */
@NullMarked
package dev.coppice.core.fsck;

import org.jspecify.annotations.NullMarked;
