/**
 * Checkout: writes the tree of a commit into a directory, by hard link, reflink or copy.
 *
 * <p>{@link dev.coppice.core.checkout.Checkout} walks the tree with a few threads, one task a
 * directory. A file becomes a hard link where the repository keeps it exactly as the checkout wants
 * it, and a copy otherwise. Everything below the destination is reached through directory
 * descriptors and never through a symbolic link, so a hostile tree or a destination that changes
 * meanwhile cannot lead a checkout elsewhere. The repository is only read, except for the cache of
 * uncompressed objects, which is written beside the objects and can be deleted at any time.
 */
@NullMarked
package dev.coppice.core.checkout;

import org.jspecify.annotations.NullMarked;
