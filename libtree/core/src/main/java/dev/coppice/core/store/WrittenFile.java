package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;

/**
 * A file object that is in the store or staged now.
 *
 * @param added whether it was new
 * @param size bytes of content
 */
public record WrittenFile(Checksum checksum, boolean added, long size) {}
