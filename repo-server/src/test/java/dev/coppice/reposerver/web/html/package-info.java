/** Tests. */
@NullMarked
package dev.coppice.reposerver.web.html;

import org.jspecify.annotations.NullMarked;
