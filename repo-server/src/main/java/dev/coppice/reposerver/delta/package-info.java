/**
 * Static deltas that the server brings up to date when refs have moved, as a file describes them;
 * see coppice-deltas(5). What is made and what goes is {@link
 * dev.coppice.transfer.delta.plan.DeltaPublish}'s business; here is when.
 */
@NullMarked
package dev.coppice.reposerver.delta;

import org.jspecify.annotations.NullMarked;
