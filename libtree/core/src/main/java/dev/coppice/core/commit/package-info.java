/** Commit: turns directories, tar archives and existing commits into objects and a new commit. */
@NullMarked
package dev.coppice.core.commit;

import org.jspecify.annotations.NullMarked;
