/** Tests of peers: what is found on drives, and what is taken from there. */
@NullMarked
package dev.coppice.transfer.peer;

import org.jspecify.annotations.NullMarked;
