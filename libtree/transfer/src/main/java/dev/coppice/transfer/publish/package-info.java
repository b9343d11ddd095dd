/**
 * Copies what clients need of a repository to where it is served from: a directory, a server that
 * rsync reaches, a store of objects.
 *
 * <p>Content goes first, what leads to it later, the summary last, so that a client of the target
 * finds all that it is led to, at any moment, and after a copy that broke off. What is there
 * already is not copied again. What is gone is deleted after a grace time, in the opposite order.
 *
 * <p>Where it goes is a {@link dev.coppice.transfer.publish.PublishTarget}; everything else is the
 * same for all.
 */
@NullMarked
package dev.coppice.transfer.publish;

import org.jspecify.annotations.NullMarked;
