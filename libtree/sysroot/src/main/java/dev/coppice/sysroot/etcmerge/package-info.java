/**
 * The three-way merge of {@code /etc}: what the administrator changed against the old tree's
 * defaults is carried over to the new tree's.
 *
 * <p>First a plan, which is pure data and can be shown ({@link EtcMergePlan}), then its application
 * ({@link EtcMerge}). Local changes always win; what both sides changed is reported as a conflict.
 * Every name is reached through directory descriptors without following a symbolic link, so neither
 * tree can lead the merge outside of the other.
 *
 * <p>Sources: {@code merge_configuration_from}, {@code ostree_diff_dirs}.
 */
@NullMarked
package dev.coppice.sysroot.etcmerge;

import org.jspecify.annotations.NullMarked;
