/** Tests. */
@NullMarked
package dev.coppice.reposerver.web.tree;

import org.jspecify.annotations.NullMarked;
