package dev.coppice.transfer.local;

/**
 * What a pull did.
 *
 * @param metadata commits, dirtrees and dirmetas that were imported
 * @param content file objects that were imported
 * @param contentBytes content that was written, without what was linked or copied as it is
 */
public record LocalPullResult(long metadata, long content, long contentBytes) {}
