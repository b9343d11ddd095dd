/** Tests. */
@NullMarked
package dev.coppice.reposerver.server;

import org.jspecify.annotations.NullMarked;
