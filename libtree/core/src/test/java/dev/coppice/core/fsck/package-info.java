/** Fsck against damage of every kind, with the real tool as judge. */
@NullMarked
package dev.coppice.core.fsck;

import org.jspecify.annotations.NullMarked;
