/**
 * Commit: turns directories, tar archives and existing commits into objects and a new commit.
 *
 * <p>{@link dev.coppice.core.commit.Committer} is the verb. One thread walks the sources in order
 * and overlays them in a {@code TreeNode}; a bounded pool hashes and writes what is inside the
 * files; the directories are folded bottom-up when all files have their checksum. Nothing that is
 * in the result depends on which thread was faster.
 */
@NullMarked
package dev.coppice.core.commit;

import org.jspecify.annotations.NullMarked;
