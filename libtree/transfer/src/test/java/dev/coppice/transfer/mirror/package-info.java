/** Tests of mirrors. */
@NullMarked
package dev.coppice.transfer.mirror;

import org.jspecify.annotations.NullMarked;
