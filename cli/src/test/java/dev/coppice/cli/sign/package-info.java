/** Tests of {@code dev.coppice.cli.sign}. */
@NullMarked
package dev.coppice.cli.sign;

import org.jspecify.annotations.NullMarked;
