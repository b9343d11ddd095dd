/**
 * The format of static deltas: what leads from the objects of one commit to those of another, in
 * one file for everything that has to be known first and a few large ones with the data.
 *
 * <p>A delta is a directory {@code deltas/XX/REST} ({@link dev.coppice.transfer.delta.DeltaName}).
 * Its {@code superblock} ({@link dev.coppice.transfer.delta.Superblock}) has the new commit, the
 * heads of the parts and the objects that come by themselves; it may be wrapped together with
 * signatures ({@link dev.coppice.transfer.delta.SignedSuperblock}). The parts are the files {@code
 * 0}, {@code 1} and so on, or values inside the superblock: a byte that says how they are
 * compressed, then a {@link dev.coppice.transfer.delta.PartPayload} whose {@link
 * dev.coppice.transfer.delta.Operation}s make the objects.
 *
 * <p>The codecs are pure: bytes in, values out, and the other way around. Whatever is not as it
 * must be is a {@link dev.coppice.transfer.delta.DeltaException}. Source: {@code
 * ostree-repo-static-delta-private.h}. {@link dev.coppice.transfer.delta.DeltaListing} and {@link
 * dev.coppice.transfer.delta.DeltaIndexes} say which deltas a repository has.
 */
@NullMarked
package dev.coppice.transfer.delta;

import org.jspecify.annotations.NullMarked;
