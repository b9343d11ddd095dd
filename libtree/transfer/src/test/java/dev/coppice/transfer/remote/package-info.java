/** Tests of remotes: what they serve, and what becomes of pairs that do not fit. */
@NullMarked
package dev.coppice.transfer.remote;

import org.jspecify.annotations.NullMarked;
