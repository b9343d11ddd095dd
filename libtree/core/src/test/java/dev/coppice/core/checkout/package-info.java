@NullMarked
package dev.coppice.core.checkout;

import org.jspecify.annotations.NullMarked;
