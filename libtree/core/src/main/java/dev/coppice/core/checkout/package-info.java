/** Checkout: writes the tree of a commit into a directory, by hard link, reflink or copy. */
@NullMarked
package dev.coppice.core.checkout;

import org.jspecify.annotations.NullMarked;
