/**
 * Composefs: images that describe the whole tree of a commit, to be mounted over its objects.
 *
 * <p>A {@link dev.coppice.core.composefs.ComposefsImage} is an EROFS image in which every regular
 * file with content is a hole with two attributes: where overlayfs finds the content among the
 * objects, and optionally the fs-verity digest that the content must have. The digest of the image
 * itself then vouches for every byte of the tree. {@link dev.coppice.core.composefs.ImageCheckout}
 * writes one to a file.
 *
 * <p>Images are the same byte for byte as those of ostree 2026.4 with libcomposefs 1.0.8, format
 * version 0: commits carry the digest ({@code ostree.composefs.digest.v0}), so it is part of their
 * checksum. Sources: {@code ostree-repo-composefs.c}, {@code lcfs-writer.c}.
 */
@NullMarked
package dev.coppice.core.composefs;

import org.jspecify.annotations.NullMarked;
