/** Repositories: transactions, histories, remotes, and changes of refs and configuration. */
@NullMarked
package dev.coppice.core.repo;

import org.jspecify.annotations.NullMarked;
