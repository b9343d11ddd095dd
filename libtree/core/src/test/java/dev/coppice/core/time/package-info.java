/** Dates as people write them, compared with the program date. */
@NullMarked
package dev.coppice.core.time;

import org.jspecify.annotations.NullMarked;
