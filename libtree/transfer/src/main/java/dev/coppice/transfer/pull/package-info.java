/**
 * Pulls commits into a repository, from a remote or from a repository on this machine.
 *
 * <p>In order: resolve what is wanted to commits, bring commits and directories over and verify
 * them, plan - what is missing, how much that is, whether there is room for it - and only then
 * fetch the files. Everything is staged; a commit stays marked as partial until all of it is there,
 * and refs move last. A pull that is interrupted goes on where it was: whole objects are kept.
 *
 * <p>Where objects come from is a {@link dev.coppice.transfer.pull.PullSource}; everything else is
 * the same for all sources.
 */
@NullMarked
package dev.coppice.transfer.pull;

import org.jspecify.annotations.NullMarked;
