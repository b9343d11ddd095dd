@NullMarked
package dev.coppice.core.erofs;

import org.jspecify.annotations.NullMarked;
