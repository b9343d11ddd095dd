/** Tests. */
@NullMarked
package dev.coppice.sysroot;

import org.jspecify.annotations.NullMarked;
