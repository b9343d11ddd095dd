package dev.coppice.transfer.delta.match;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;

/**
 * What bytes will about come to once they are compressed: enough to compare encodings of the same
 * file, and cheap. The bytes are compressed by deflate at its fastest. An instance belongs to one
 * thread and holds native memory until it is closed.
 */
public final class Estimate implements AutoCloseable {
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final byte[] buffer = new byte[1 << 14];
  private final OutputStream sink = new Sink();
  private long size;

  /** Makes an estimator. */
  public Estimate() {}

  /** What writes the bytes in question. */
  public interface Source {
    /** Writes them all. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** The estimate for bytes that are written, itself in bytes. */
  public long compressed(Source source) throws IOException {
    deflater.reset();
    size = 0;
    source.writeTo(sink);
    return finished();
  }

  /** The estimate for a string of bytes. */
  public long compressed(byte[] bytes) {
    deflater.reset();
    size = 0;
    deflater.setInput(bytes);
    return finished();
  }

  private long finished() {
    deflater.finish();
    while (!deflater.finished()) {
      size += deflater.deflate(buffer);
    }
    return size;
  }

  @Override
  public void close() {
    deflater.close();
  }

  private final class Sink extends OutputStream {
    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      deflater.setInput(bytes, offset, length);
      while (!deflater.needsInput()) {
        size += deflater.deflate(buffer);
      }
    }
  }
}
