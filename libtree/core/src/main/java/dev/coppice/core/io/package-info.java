/**
 * Small files that are replaced as a whole: configuration, refs, origins, boot entries. A reader
 * sees the old content or the new one, never a part. Besides, what files on this machine take:
 * texts that name them, durability, threads.
 */
@NullMarked
package dev.coppice.core.io;

import org.jspecify.annotations.NullMarked;
