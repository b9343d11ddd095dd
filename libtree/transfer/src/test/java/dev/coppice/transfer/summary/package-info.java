/** Tests of summaries: against the real tool, and against bytes that are none. */
@NullMarked
package dev.coppice.transfer.summary;

import org.jspecify.annotations.NullMarked;
