package dev.coppice.transfer.delta;

import dev.coppice.core.object.Checksum;

/**
 * What a superblock says of a part, {@code (uayttay)}. Source: {@code
 * OSTREE_STATIC_DELTA_META_ENTRY_FORMAT}.
 *
 * @param checksum of the part's file, the byte in front included
 * @param size bytes of that file
 * @param usize bytes of the resulting objects together
 * @param objects what it makes, in that order
 */
public record PartHeader(Checksum checksum, long size, long usize, ObjectList objects) {
  /** The only version that there is. */
  static final long VERSION = 0;
}
