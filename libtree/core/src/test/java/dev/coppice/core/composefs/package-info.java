@NullMarked
package dev.coppice.core.composefs;

import org.jspecify.annotations.NullMarked;
