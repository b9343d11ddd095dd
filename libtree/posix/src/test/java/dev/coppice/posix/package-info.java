/** Tests. */
@NullMarked
package dev.coppice.posix;

import org.jspecify.annotations.NullMarked;
