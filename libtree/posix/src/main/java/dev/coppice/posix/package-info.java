/**
 * Linux system calls through {@code java.lang.foreign}, relative to directory descriptors; every
 * other room reaches the kernel only through here.
 */
@NullMarked
package dev.coppice.posix;

import org.jspecify.annotations.NullMarked;
