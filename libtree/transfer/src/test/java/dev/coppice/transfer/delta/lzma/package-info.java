/** Tests of the encoder of parts. */
@NullMarked
package dev.coppice.transfer.delta.lzma;

import org.jspecify.annotations.NullMarked;
