/**
 * Export: the tree of a commit as a tar archive.
 *
 * <p>{@link dev.coppice.core.export.Export} walks the tree in the order of the real tool, files of
 * a directory before the directories in it, and writes through {@link
 * dev.coppice.core.export.TarWriter}. The writer is our own because the archives are the same byte
 * by byte as those of the real tool, whose library fills unused fields in ways of its own.
 */
@NullMarked
package dev.coppice.core.export;

import org.jspecify.annotations.NullMarked;
