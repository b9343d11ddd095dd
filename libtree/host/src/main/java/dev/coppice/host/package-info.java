/** Layering and upgrades will live here: transfer, rpm and sysroot joined into transactions. */
@NullMarked
package dev.coppice.host;

import org.jspecify.annotations.NullMarked;
