/** Copies of repositories that others pull from: {@code mirror} and {@code publish}. */
@NullMarked
package dev.coppice.cli.mirror;

import org.jspecify.annotations.NullMarked;
