/**
 * Names of commits: refs of this repository, of its remotes and of collections, the revisions users
 * type, and the files below {@code refs/} that hold them.
 *
 * <p>{@code refs/heads/NAME} is a local ref, {@code refs/remotes/REMOTE/NAME} what a remote had at
 * the last pull, {@code refs/mirrors/COLLECTION/NAME} a ref of another collection. A ref file holds
 * 64 hexadecimal digits and a line feed; an alias is a relative symbolic link to another ref file.
 * Values ({@link dev.coppice.core.ref.RefName} and the rest) know the rules of names, {@link
 * dev.coppice.core.ref.RefStore} knows the files.
 */
@NullMarked
package dev.coppice.core.ref;

import org.jspecify.annotations.NullMarked;
