/** Writing HTML: escaping, visible forms of characters that hide, relative addresses. */
@NullMarked
package dev.coppice.reposerver.web.html;

import org.jspecify.annotations.NullMarked;
