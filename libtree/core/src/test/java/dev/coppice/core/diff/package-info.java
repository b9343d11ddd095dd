/** Diff side by side with the real tool. */
@NullMarked
package dev.coppice.core.diff;

import org.jspecify.annotations.NullMarked;
