/**
 * EROFS images: read-only file systems without file data.
 *
 * <p>{@link dev.coppice.core.erofs.ErofsImage} lays out a tree of {@link
 * dev.coppice.core.erofs.Node}s and writes it in one pass. It makes what libcomposefs 1.0.8 makes
 * for the same nodes, byte for byte, because images are compared by digest: blocks of 4 KiB, no
 * compression, times of 0, one inode after the other in breadth-first order, small directories and
 * link targets directly behind their inode, attributes that occur more than once in a shared area.
 *
 * <p>Layout of the file: 1 KiB that belongs to the caller, superblock of 128 bytes, inodes, shared
 * attributes, and from the next block on the blocks of directories and links that are too large to
 * stand behind their inode. All numbers are little-endian. The format is that of Linux ({@code
 * fs/erofs/erofs_fs.h}, https://erofs.docs.kernel.org/en/latest/core_ondisk.html); places where
 * several layouts would be valid follow {@code lcfs-writer-erofs.c}.
 */
@NullMarked
package dev.coppice.core.erofs;

import org.jspecify.annotations.NullMarked;
