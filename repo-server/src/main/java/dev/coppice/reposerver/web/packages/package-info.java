/**
 * The packages that a commit was made of: what rpm-ostree writes into a commit's metadata, or the
 * status file of dpkg in the tree; and how two such lists differ.
 */
@NullMarked
package dev.coppice.reposerver.web.packages;

import org.jspecify.annotations.NullMarked;
