/** Tests of publishing. */
@NullMarked
package dev.coppice.transfer.publish;

import org.jspecify.annotations.NullMarked;
