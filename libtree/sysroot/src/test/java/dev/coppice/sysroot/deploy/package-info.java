/** Tests. */
@NullMarked
package dev.coppice.sysroot.deploy;

import org.jspecify.annotations.NullMarked;
