package dev.coppice.transfer.delta;

import dev.coppice.core.object.ObjectName;

/**
 * A file object that is not worth being in a part and is fetched by itself, {@code (yaytt)}.
 * Source: {@code OSTREE_STATIC_DELTA_FALLBACK_FORMAT}.
 *
 * @param size bytes of it in an archive repository
 * @param usize bytes of its content
 */
public record Fallback(ObjectName object, long size, long usize) {}
