@NullMarked
package dev.coppice.core.export;

import org.jspecify.annotations.NullMarked;
