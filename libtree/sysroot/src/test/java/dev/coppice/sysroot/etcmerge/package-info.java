/** Tests. */
@NullMarked
package dev.coppice.sysroot.etcmerge;

import org.jspecify.annotations.NullMarked;
