/**
 * Ed25519, SPKI and OpenPGP signatures over commits, summaries and delta superblocks will live
 * here; Bouncy Castle begins in this room.
 */
@NullMarked
package dev.coppice.sign;

import org.jspecify.annotations.NullMarked;
