package dev.coppice.transfer.delta.match;

import java.util.zip.Deflater;

/**
 * What bytes will about come to once they are compressed: enough to compare encodings of the same
 * file, and cheap. The bytes are compressed by deflate at its fastest. An instance belongs to one
 * thread and holds native memory until it is closed.
 */
public final class Estimate implements AutoCloseable {
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final byte[] buffer = new byte[1 << 14];

  /** Makes an estimator. */
  public Estimate() {}

  /** The estimate for a string of bytes, itself in bytes. */
  public long compressed(byte[] bytes) {
    return compressed(bytes, 0, bytes.length);
  }

  /** The estimate for a part of an array. */
  public long compressed(byte[] bytes, int offset, int length) {
    deflater.reset();
    deflater.setInput(bytes, offset, length);
    deflater.finish();
    long size = 0;
    while (!deflater.finished()) {
      size += deflater.deflate(buffer);
    }
    return size;
  }

  @Override
  public void close() {
    deflater.close();
  }
}
