/** Who may read: lists of addresses and of tokens. */
@NullMarked
package dev.coppice.reposerver.access;

import org.jspecify.annotations.NullMarked;
