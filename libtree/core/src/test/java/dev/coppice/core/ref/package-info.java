/** Refs: rules of names, files below {@code refs/}, and the real tool in both directions. */
@NullMarked
package dev.coppice.core.ref;

import org.jspecify.annotations.NullMarked;
