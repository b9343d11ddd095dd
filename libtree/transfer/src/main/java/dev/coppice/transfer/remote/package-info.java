/**
 * What is known of a remote before anything is pulled from it: where its servers are, how they are
 * reached, and its summary, verified and kept from one time to the next.
 */
@NullMarked
package dev.coppice.transfer.remote;

import org.jspecify.annotations.NullMarked;
