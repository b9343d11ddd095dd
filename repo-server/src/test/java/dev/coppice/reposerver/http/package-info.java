/** Tests. */
@NullMarked
package dev.coppice.reposerver.http;

import org.jspecify.annotations.NullMarked;
