/** Dates and times as people write them on command lines and in commits. */
@NullMarked
package dev.coppice.core.time;

import org.jspecify.annotations.NullMarked;
