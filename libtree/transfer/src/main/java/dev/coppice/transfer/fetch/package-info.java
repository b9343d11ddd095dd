/**
 * Fetches files of a repository from its servers: HTTP/1.1, HTTP/2 and {@code file:}, several
 * mirrors, retries, resumption.
 *
 * <p>{@link dev.coppice.transfer.fetch.Fetcher} is all that others see. Its calls block and are
 * made from virtual threads. What a body is, and whether it is the right one, readers decide; that
 * a body which breaks off goes on where it was, they do not notice.
 */
@NullMarked
package dev.coppice.transfer.fetch;

import org.jspecify.annotations.NullMarked;
