/** Tests of the search for what contents have in common. */
@NullMarked
package dev.coppice.transfer.delta.match;

import org.jspecify.annotations.NullMarked;
