package dev.coppice.transfer.delta.apply;

/**
 * What came of parts.
 *
 * @param parts that were applied
 * @param metadata directories that were new
 * @param files files that were new
 * @param bytes their content
 */
public record ApplyStats(long parts, long metadata, long files, long bytes) {
  /** Nothing. */
  public static final ApplyStats NONE = new ApplyStats(0, 0, 0, 0);

  /** Both together. */
  public ApplyStats plus(ApplyStats other) {
    return new ApplyStats(
        parts + other.parts, metadata + other.metadata, files + other.files, bytes + other.bytes);
  }
}
