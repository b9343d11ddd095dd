/** Tests. */
@NullMarked
package dev.coppice.sysroot.boot;

import org.jspecify.annotations.NullMarked;
