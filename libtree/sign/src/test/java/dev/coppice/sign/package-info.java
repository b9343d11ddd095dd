/** Tests of {@code dev.coppice.sign}. */
@NullMarked
package dev.coppice.sign;

import org.jspecify.annotations.NullMarked;
