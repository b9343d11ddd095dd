/** The HTTP server of a repository, for clients that pull and for people. */
@NullMarked
package dev.coppice.reposerver;

import org.jspecify.annotations.NullMarked;
