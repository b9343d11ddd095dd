/** Tests. */
@NullMarked
package dev.coppice.cli.tour;

import org.jspecify.annotations.NullMarked;
