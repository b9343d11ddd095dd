/**
 * Where objects live: the loose objects of a repository directory in each of its modes, a chain of
 * parents behind it, and the staging directory through which new objects become visible.
 *
 * <p>{@link dev.coppice.core.store.ObjectStore} reads. A {@link dev.coppice.core.store.FileFormat}
 * knows how one mode keeps file objects. {@link dev.coppice.core.store.ObjectWriter} writes into
 * {@link dev.coppice.core.store.Staging}; nothing is visible to readers before {@link
 * dev.coppice.core.store.Staging#publish}. Reading of metadata is on {@code java.nio}, so that
 * short commands do not pay for linking system calls; whatever touches file objects goes through
 * {@code posix}.
 */
@NullMarked
package dev.coppice.core.store;

import org.jspecify.annotations.NullMarked;
