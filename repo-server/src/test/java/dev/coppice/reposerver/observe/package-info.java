/** Tests. */
@NullMarked
package dev.coppice.reposerver.observe;

import org.jspecify.annotations.NullMarked;
