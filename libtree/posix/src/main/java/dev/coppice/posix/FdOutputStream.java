package dev.coppice.posix;

import java.io.IOException;
import java.io.OutputStream;

/** Writes to a descriptor at its current offset, without a buffer. */
final class FdOutputStream extends OutputStream {
  private final Fd file;
  private final boolean owner;

  FdOutputStream(Fd file, boolean owner) {
    this.file = file;
    this.owner = owner;
  }

  @Override
  public void write(int value) throws IOException {
    Io.writeFully(file, new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Io.writeFully(file, bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (owner) {
      file.close();
    }
  }
}
