/** Objects: what is read from their bytes, and what is refused. */
@NullMarked
package dev.coppice.core.object;

import org.jspecify.annotations.NullMarked;
