/** Diff: what changed between two commits or directories. */
@NullMarked
package dev.coppice.core.diff;

import org.jspecify.annotations.NullMarked;
