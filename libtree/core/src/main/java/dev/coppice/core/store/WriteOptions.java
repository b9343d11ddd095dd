package dev.coppice.core.store;

/**
 * How objects are written.
 *
 * @param fsync when data is forced to disk
 * @param zlibLevel 1 to 9, for archive repositories
 * @param exactZlib compress with zlib itself although libdeflate is there, because sizes that go
 *     into a commit ({@code ostree.sizes}) must be those that every other implementation gets
 */
public record WriteOptions(FsyncPolicy fsync, int zlibLevel, boolean exactZlib) {}
