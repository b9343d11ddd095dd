/** The test that keeps the packages of this module in order. */
@NullMarked
package dev.coppice.core;

import org.jspecify.annotations.NullMarked;
