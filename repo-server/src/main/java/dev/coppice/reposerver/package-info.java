/**
 * The HTTP server of a repository - objects, deltas, mirrors, channels and the web view - will live
 * here.
 */
@NullMarked
package dev.coppice.reposerver;

import org.jspecify.annotations.NullMarked;
