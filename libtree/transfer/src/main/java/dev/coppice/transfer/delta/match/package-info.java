/**
 * Finding what new content has in common with old content: pure algorithms on bytes, without
 * repository or I/O, of which the static delta generator chooses per file.
 */
@NullMarked
package dev.coppice.transfer.delta.match;

import org.jspecify.annotations.NullMarked;
