/** Tests. */
@NullMarked
package dev.coppice.reposerver.web.packages;

import org.jspecify.annotations.NullMarked;
