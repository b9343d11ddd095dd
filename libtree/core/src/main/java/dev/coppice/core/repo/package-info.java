/**
 * The repository as a whole: configuration, lock, transactions, revisions, partial commits. A thin
 * layer: the verbs are packages of their own above it.
 */
@NullMarked
package dev.coppice.core.repo;

import org.jspecify.annotations.NullMarked;
