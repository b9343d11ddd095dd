/** Tests of {@code dev.coppice.sign.openpgp}. */
@NullMarked
package dev.coppice.sign.openpgp;

import org.jspecify.annotations.NullMarked;
