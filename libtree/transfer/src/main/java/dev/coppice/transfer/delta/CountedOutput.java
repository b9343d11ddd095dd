package dev.coppice.transfer.delta;

import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on and counts them. Closing it does nothing: what is behind stays the caller's. */
public final class CountedOutput extends OutputStream {
  private final OutputStream out;
  private long count;

  /** Counts what goes into a stream. */
  public CountedOutput(OutputStream out) {
    this.out = out;
  }

  /** Bytes that were written so far: where what is written next will be. */
  public long count() {
    return count;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    count++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    count += length;
  }
}
