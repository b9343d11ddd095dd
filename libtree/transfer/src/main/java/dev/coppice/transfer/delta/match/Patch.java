package dev.coppice.transfer.delta.match;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A patch that {@link BsDiff} found: where the new content is cut, with references to both
 * contents, which must not change. What it takes beside them is 8 bytes for a record.
 */
public final class Patch {
  private final byte[] old;
  private final byte[] fresh;
  private final Segments segments;

  Patch(byte[] old, byte[] fresh, Segments segments) {
    this.old = old;
    this.fresh = fresh;
    this.segments = segments;
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
