/** Tests of {@code dev.coppice.sign.trust}. */
@NullMarked
package dev.coppice.sign.trust;

import org.jspecify.annotations.NullMarked;
