package dev.coppice.transfer.delta;

/**
 * An entry of a part's table of owners and modes, {@code (uuu)}, big-endian.
 *
 * @param mode type and permissions, as in {@code st_mode}
 */
public record FileMetadata(int uid, int gid, int mode) {}
