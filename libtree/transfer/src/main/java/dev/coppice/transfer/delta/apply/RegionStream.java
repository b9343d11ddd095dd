package dev.coppice.transfer.delta.apply;

import dev.coppice.transfer.delta.ByteRegion;
import java.io.IOException;
import java.io.InputStream;

/** A region as a stream. */
final class RegionStream extends InputStream {
  private final ByteRegion region;
  private long at;

  RegionStream(ByteRegion region) {
    this.region = region;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    int count = (int) Math.min(length, region.size() - at);
    if (count == 0) {
      return length == 0 ? 0 : -1;
    }
    region.read(at, out, offset, count);
    at += count;
    return count;
  }
}
