/** Tests. */
@NullMarked
package dev.coppice.cli.console;

import org.jspecify.annotations.NullMarked;
