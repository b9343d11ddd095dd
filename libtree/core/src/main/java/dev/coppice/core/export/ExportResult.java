package dev.coppice.core.export;

/**
 * What was exported.
 *
 * @param entries directories, files and links
 * @param bytes of the archive
 */
public record ExportResult(long entries, long bytes) {}
