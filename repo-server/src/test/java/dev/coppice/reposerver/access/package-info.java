/** Tests. */
@NullMarked
package dev.coppice.reposerver.access;

import org.jspecify.annotations.NullMarked;
