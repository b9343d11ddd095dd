/** Tests. */
@NullMarked
package dev.coppice.sysroot.kargs;

import org.jspecify.annotations.NullMarked;
