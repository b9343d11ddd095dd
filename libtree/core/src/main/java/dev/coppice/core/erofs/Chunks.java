package dev.coppice.core.erofs;

/**
 * How a hole is divided: as few chunks as possible, each of a power of two of bytes and not larger
 * than needed. Source: {@code erofs_compute_chunking}.
 *
 * @param bits the size of a chunk is 2 to this power
 * @param count number of chunks
 */
record Chunks(int bits, int count) {
  /** Bytes of the pointer to a chunk. */
  static final int POINTER = 4;

  /** The format has five bits for the size of a chunk beyond that of a block. */
  private static final int MAX_BITS = ErofsImage.BLOCK_BITS + 31;

  private static final int MAX_COUNT = ErofsImage.BLOCK / POINTER;

  static final long MAX_SIZE = (long) MAX_COUNT << MAX_BITS;

  private static final Chunks NONE = new Chunks(ErofsImage.BLOCK_BITS, 0);

  /** The division of a file of {@code size} bytes. */
  static Chunks of(long size) {
    if (size == 0) {
      return NONE;
    }
    int needed = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
    int bits = Math.clamp(needed, ErofsImage.BLOCK_BITS, MAX_BITS);
    return new Chunks(bits, (int) (((size - 1) >>> bits) + 1));
  }

  /** Bytes of all pointers. */
  int pointers() {
    return count * POINTER;
  }
}
