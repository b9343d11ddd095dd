/** Replacing files. */
@NullMarked
package dev.coppice.core.io;

import org.jspecify.annotations.NullMarked;
