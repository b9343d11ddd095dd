package dev.coppice.transfer.delta.apply;

import dev.coppice.transfer.delta.ByteRegion;
import dev.coppice.transfer.delta.Runs;
import java.io.IOException;

/**
 * Reads a region through a window, so that the many short steps of a patch, which mostly go
 * forward, cost few reads. For one thread.
 */
final class RegionReader {
  /** Bytes of a window. */
  static final int WINDOW = 1 << 16;

  private final ByteRegion region;
  private final byte[] window;
  private long start;
  private int filled;

  RegionReader(ByteRegion region, byte[] window) {
    this.region = region;
    this.window = window;
  }

  long size() {
    return region.size();
  }

  /** Reads bytes that must all be inside of the region. */
  void read(long at, byte[] into, int offset, int length) throws IOException {
    if (length >= window.length) {
      region.read(at, into, offset, length);
      return;
    }
    boolean inside = at >= start && at + length <= start + filled;
    if (!inside) {
      filled = (int) Math.min(window.length, region.size() - at);
      start = at;
      region.read(at, window, 0, filled);
    }
    System.arraycopy(window, (int) (at - start), into, offset, length);
  }

  /** Adds bytes to those that are there, each modulo 256. */
  void add(long at, byte[] to, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      long from = at + done;
      if (from < start || from >= start + filled) {
        filled = (int) Math.min(window.length, region.size() - from);
        start = from;
        region.read(from, window, 0, filled);
      }
      int first = (int) (from - start);
      int count = Math.min(length - done, filled - first);
      Runs.add(to, offset + done, window, first, count);
      done += count;
    }
  }
}
