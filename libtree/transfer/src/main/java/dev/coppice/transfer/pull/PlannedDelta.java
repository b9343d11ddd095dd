package dev.coppice.transfer.pull;

import dev.coppice.transfer.delta.DeltaName;

/**
 * A static delta that a pull is going to apply.
 *
 * @param parts parts and files that are fetched beside them
 * @param partsHere those of them whose objects are all here
 * @param size bytes of all of them
 * @param sizeHere bytes of those that are here
 * @param usize bytes of the objects that they make
 */
public record PlannedDelta(
    DeltaName name, int parts, int partsHere, long size, long sizeHere, long usize) {
  /** Bytes that will come over the network for it. */
  public long download() {
    return size - sizeHere;
  }
}
