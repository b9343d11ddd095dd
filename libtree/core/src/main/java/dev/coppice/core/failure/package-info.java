/**
 * What can go wrong, as types that carry data: each broken check has a class, each class a stable
 * {@link dev.coppice.core.failure.ErrorCode}, a cause, the place (object, path, ref) and what to do
 * next. Plain input and output errors stay {@link java.io.IOException}.
 */
@NullMarked
package dev.coppice.core.failure;

import org.jspecify.annotations.NullMarked;
