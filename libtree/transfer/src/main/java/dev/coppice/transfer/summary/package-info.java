/**
 * Summaries: the file that says what a repository has, so that clients need one request for all
 * refs, and the signature beside it.
 */
@NullMarked
package dev.coppice.transfer.summary;

import org.jspecify.annotations.NullMarked;
