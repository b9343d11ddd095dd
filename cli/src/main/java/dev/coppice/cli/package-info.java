/** The command line: one class a command, launched as coppice, ostree or rpm-ostree. */
@NullMarked
package dev.coppice.cli;

import org.jspecify.annotations.NullMarked;
