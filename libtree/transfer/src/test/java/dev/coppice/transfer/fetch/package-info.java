/** Tests of fetching, against a server that misbehaves. */
@NullMarked
package dev.coppice.transfer.fetch;

import org.jspecify.annotations.NullMarked;
