/** Tests of the program as a whole, and what runs it for them. */
@NullMarked
package dev.coppice.cli;

import org.jspecify.annotations.NullMarked;
