/** Tests. */
@NullMarked
package dev.coppice.cli.frame;

import org.jspecify.annotations.NullMarked;
