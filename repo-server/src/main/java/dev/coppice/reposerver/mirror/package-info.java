/**
 * Mirrors that the server runs by the clock, as a file describes them; see coppice-mirrors(5).
 *
 * <p>Each has a thread that waits for its time. What a run does, and that clients never see half of
 * it, is {@link dev.coppice.transfer.mirror.Mirror}'s business; here is when it runs, what is told
 * of it, and how it ends when the server stops.
 */
@NullMarked
package dev.coppice.reposerver.mirror;

import org.jspecify.annotations.NullMarked;
