/** Fsck: reads every object of a repository and says what is damaged or missing. */
@NullMarked
package dev.coppice.core.fsck;

import org.jspecify.annotations.NullMarked;
