/** Sets of objects, what commits reach, and paths in trees. */
@NullMarked
package dev.coppice.core.tree;

import org.jspecify.annotations.NullMarked;
