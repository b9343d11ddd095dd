package dev.coppice.transfer.delta.match;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A patch that {@link BsDiff} found: where the new content is cut, with references to both
 * contents, which must not change. What it takes beside them is 8 bytes for a record.
 */
public final class Patch {
  /** Tenths of a bit in a byte. */
  private static final int PRICE_OF_BYTE = 80;

  private final byte[] old;
  private final byte[] fresh;
  private final Segments segments;
  private final long price;

  Patch(byte[] old, byte[] fresh, Segments segments, long price) {
    this.old = old;
    this.fresh = fresh;
    this.segments = segments;
    this.price = price;
  }

  /** What it will about come to once it is compressed by xz, in bytes. */
  public long estimate() {
    return price / PRICE_OF_BYTE;
  }

  /**
   * Writes the bsdiff stream.
   *
   * @throws IOException as {@code out} throws it
   */
  public void writeTo(OutputStream out) throws IOException {
    new BsStream().write(old, fresh, segments, out);
  }
}
