/** Tests. */
@NullMarked
package dev.coppice.sysroot.bls;

import org.jspecify.annotations.NullMarked;
