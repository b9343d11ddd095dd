/** Export: the tree of a commit as a tar archive. */
@NullMarked
package dev.coppice.core.export;

import org.jspecify.annotations.NullMarked;
