/** The server as a program: its options, its start, its end. */
@NullMarked
package dev.coppice.reposerver.server;

import org.jspecify.annotations.NullMarked;
