/** Fetch, summary, static deltas, pull and mirror will live here, beside the local pull. */
@NullMarked
package dev.coppice.transfer;

import org.jspecify.annotations.NullMarked;
