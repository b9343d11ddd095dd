package dev.coppice.posix;

import java.io.IOException;
import java.io.InputStream;

/** Reads a descriptor from its current offset. */
final class FdInputStream extends InputStream {
  private final Fd file;
  private final boolean owner;

  FdInputStream(Fd file, boolean owner) {
    this.file = file;
    this.owner = owner;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return Io.read(file, one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return Io.read(file, bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (owner) {
      file.close();
    }
  }
}
