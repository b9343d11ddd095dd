/**
 * Kernel arguments as boot entries hold them: a list of keys with or without a value, in which a
 * key may stand several times. Knows nothing of files.
 */
@NullMarked
package dev.coppice.sysroot.kargs;

import org.jspecify.annotations.NullMarked;
