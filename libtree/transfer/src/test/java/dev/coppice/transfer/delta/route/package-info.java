/** Tests of ways to a commit. */
@NullMarked
package dev.coppice.transfer.delta.route;

import org.jspecify.annotations.NullMarked;
