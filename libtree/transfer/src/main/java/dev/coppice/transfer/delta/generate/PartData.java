package dev.coppice.transfer.delta.generate;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The data of a part, to which operations refer by offset. They are compressed as they come, so
 * that a part takes no memory of its own. Closing it does nothing.
 */
final class PartData extends OutputStream {
  private final OutputStream out;
  private long end;

  PartData(OutputStream out) {
    this.out = out;
  }

  /** Where what is written next will be. */
  long end() {
    return end;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    end++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    end += length;
  }
}
