/**
 * The values of the object model - checksums, object names, file headers, directory trees, commits
 * - and their codecs.
 */
@NullMarked
package dev.coppice.core.object;

import org.jspecify.annotations.NullMarked;
