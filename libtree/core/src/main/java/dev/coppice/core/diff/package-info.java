/**
 * Diff: compares two trees, each a commit or a directory on disk. Directories of commits that are
 * the same are never looked into.
 */
@NullMarked
package dev.coppice.core.diff;

import org.jspecify.annotations.NullMarked;
