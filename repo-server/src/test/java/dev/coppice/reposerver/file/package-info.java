/** Tests. */
@NullMarked
package dev.coppice.reposerver.file;

import org.jspecify.annotations.NullMarked;
