/**
 * Commits that pass from machine to machine: who has them ({@link
 * dev.coppice.transfer.peer.RemoteSearch}), taking them from there ({@link
 * dev.coppice.transfer.peer.FoundPull}), and putting them on a drive that others find ({@link
 * dev.coppice.transfer.peer.Drive}).
 *
 * <p>Nobody who is found is trusted: a ref of a collection counts only if its commit is signed by a
 * key of the remote that is configured for that collection, and is bound to it.
 */
@NullMarked
package dev.coppice.transfer.peer;

import org.jspecify.annotations.NullMarked;
