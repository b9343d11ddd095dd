/** The contract of object stores, run over every one of them. */
@NullMarked
package dev.coppice.core.store;

import org.jspecify.annotations.NullMarked;
