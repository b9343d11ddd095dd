/**
 * From the ground up: {@code fetch} gets files from servers, {@code summary} reads and makes
 * summaries, {@code remote} joins them for a configured remote, {@code pull} moves commits. Static
 * deltas and mirrors will live here too.
 */
@NullMarked
package dev.coppice.transfer;

import org.jspecify.annotations.NullMarked;
