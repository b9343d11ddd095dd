/**
 * Prune: deletes the objects that no commit needs. Commits go first and objects after them, so that
 * a prune that is killed leaves a repository without damage, only with more to prune.
 */
@NullMarked
package dev.coppice.core.prune;

import org.jspecify.annotations.NullMarked;
