/**
 * What a command prints on: buffered UTF-8 output, the terminal's properties, progress and JSON.
 *
 * <p>Nothing here knows commands or repositories. Everything is plain objects handed down, so that
 * many commands can run in one process, each with its own console.
 */
@NullMarked
package dev.coppice.cli.console;

import org.jspecify.annotations.NullMarked;
