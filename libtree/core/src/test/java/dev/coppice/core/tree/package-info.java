@NullMarked
package dev.coppice.core.tree;

import org.jspecify.annotations.NullMarked;
