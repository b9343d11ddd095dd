@NullMarked
package dev.coppice.core.store;

import org.jspecify.annotations.NullMarked;
