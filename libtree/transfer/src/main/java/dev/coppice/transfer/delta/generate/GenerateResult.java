package dev.coppice.transfer.delta.generate;

import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.Fallback;
import java.util.List;

/**
 * A delta that was made.
 *
 * @param superblockSize bytes of the superblock's file
 * @param looseSize bytes that the objects in parts take in the repository
 */
public record GenerateResult(
    DeltaName name,
    List<Part> parts,
    List<Fallback> fallbacks,
    long superblockSize,
    long looseSize) {
  /** Copies the lists. */
  public GenerateResult {
    parts = List.copyOf(parts);
    fallbacks = List.copyOf(fallbacks);
  }

  /**
   * A part.
   *
   * @param size bytes of its file
   * @param payload bytes when it is unpacked
   * @param usize bytes of the contents of its objects
   * @param counts of its objects by how they are made
   */
  public record Part(long size, long payload, long usize, Counts counts) {}

  /**
   * Numbers of objects.
   *
   * @param whole objects that are in the delta as they are
   * @param patched files that are patches of old ones
   * @param copied files with ranges of old ones
   * @param copiedBytes bytes of these ranges
   */
  public record Counts(int whole, int patched, int copied, long copiedBytes) {
    /** Nothing. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /** All objects. */
    public int total() {
      return whole + patched + copied;
    }

    /** Both together. */
    public Counts plus(Counts other) {
      return new Counts(
          whole + other.whole,
          patched + other.patched,
          copied + other.copied,
          copiedBytes + other.copiedBytes);
    }
  }

  /** Of all parts together. */
  public Counts counts() {
    return parts.stream().map(Part::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** Bytes of all parts. */
  public long partsSize() {
    return parts.stream().mapToLong(Part::size).sum();
  }

  /** Bytes of all parts' objects. */
  public long usize() {
    return parts.stream().mapToLong(Part::usize).sum();
  }

  /** Bytes of all fallbacks. */
  public long fallbackSize() {
    return fallbacks.stream().mapToLong(Fallback::size).sum();
  }
}
