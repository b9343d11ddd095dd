package dev.coppice.transfer.delta.inspect;

import dev.coppice.transfer.delta.PartHeader;
import java.util.List;

/**
 * What is in a part.
 *
 * @param header what the superblock says of it
 * @param modes entries of the table of owners and modes
 * @param xattrs entries of the table of attributes
 * @param data bytes that operations point into
 * @param operations bytes of the operations
 * @param counts of the operations by kind
 * @param objects what each object costs, in the order in which they are made
 */
public record PartFacts(
    PartHeader header,
    long modes,
    long xattrs,
    long data,
    long operations,
    OperationCounts counts,
    List<ObjectCost> objects) {
  /** Copies the list. */
  public PartFacts {
    objects = List.copyOf(objects);
  }

  /** How often each operation is there; in the order of {@code OstreeDeltaExecuteStats}. */
  public record OperationCounts(
      long splice,
      long open,
      long write,
      long setSource,
      long unsetSource,
      long close,
      long patch) {}
}
