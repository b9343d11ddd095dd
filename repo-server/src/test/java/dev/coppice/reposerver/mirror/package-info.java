/** Tests of the times of mirrors. */
@NullMarked
package dev.coppice.reposerver.mirror;

import org.jspecify.annotations.NullMarked;
