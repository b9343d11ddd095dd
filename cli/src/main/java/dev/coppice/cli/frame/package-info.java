/**
 * What every command stands on: the command tree, the reading of arguments as GOption does, the
 * context of a run, shared options and the texts of help.
 *
 * <p>This package knows no command. The commands are in the sibling packages named after their
 * groups, and {@link dev.coppice.cli.CommandTable} names them all.
 */
@NullMarked
package dev.coppice.cli.frame;

import org.jspecify.annotations.NullMarked;
