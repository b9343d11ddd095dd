package dev.coppice.transfer.delta.inspect;

import dev.coppice.core.object.ObjectName;

/**
 * What an object costs in a delta.
 *
 * @param way how it is made
 * @param data bytes of the part's data that it is made of, before compression
 * @param download its share of the compressed part, an estimate; exact for fallbacks
 * @param size bytes of its content, or of the object itself if it is not a file; unknown (-1) for
 *     files in the table of fallbacks of no size
 */
public record ObjectCost(ObjectName object, Way way, long data, long download, long size) {
  /** How an object comes. */
  public enum Way {
    /** As it is. */
    WHOLE,
    /** With ranges of an old file. */
    COPIED,
    /** As a patch of an old file. */
    PATCHED,
    /** Fetched by itself. */
    FALLBACK
  }
}
