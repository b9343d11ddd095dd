/**
 * Pulls commits into a repository, from a remote or from a repository on this machine.
 *
 * <p>In order: resolve what is wanted to commits, bring commits and directories over and verify
 * them, plan - what is missing, how much that is, whether there is room for it - and only then
 * fetch the files. Everything is staged; a commit stays marked as partial until all of it is there,
 * and refs move last. A pull that is interrupted goes on where it was: whole objects are kept.
 *
 * <p>Static deltas stand between: which of them are used is decided before anything is fetched, the
 * commit inside is verified as any other, its parts make most of the objects, and the walk through
 * the trees brings what is missing then.
 *
 * <p>Where objects come from is a {@link dev.coppice.transfer.pull.PullSource}; everything else is
 * the same for all sources.
 */
@NullMarked
package dev.coppice.transfer.pull;

import org.jspecify.annotations.NullMarked;
