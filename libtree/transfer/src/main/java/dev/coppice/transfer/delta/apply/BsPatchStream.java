package dev.coppice.transfer.delta.apply;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.transfer.delta.ByteRegion;
import dev.coppice.transfer.delta.DeltaException;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a patch makes of a source, as a stream. A patch is a row of steps until the size is reached:
 * three numbers of eight bytes, little-endian with the sign in the highest bit - bytes to add,
 * bytes to copy, bytes to go forward in the source afterwards - then the bytes to add to the
 * source's, then those to copy. Positions outside of the source count as zeros, as in the real
 * tool. Source: {@code bspatch.c}.
 */
final class BsPatchStream extends InputStream {
  private static final int CONTROL = 3 * Long.BYTES;

  /** What patch and source are read through; for one patch at a time. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Windows(byte[] patch, byte[] source) {
    static Windows create() {
      return new Windows(new byte[RegionReader.WINDOW], new byte[RegionReader.WINDOW]);
    }
  }

  private final RegionReader patch;
  private final RegionReader source;
  private final byte[] control = new byte[CONTROL];
  private long left;
  private long patchAt;
  private long sourceAt;
  private long toAdd;
  private long toCopy;
  private long seek;

  /**
   * A patched stream.
   *
   * @param size bytes that it has
   */
  BsPatchStream(ByteRegion patch, ByteRegion source, long size, Windows windows) {
    this.patch = new RegionReader(patch, windows.patch());
    this.source = new RegionReader(source, windows.source());
    this.left = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (toAdd == 0 && toCopy == 0) {
      if (left == 0) {
        return -1;
      }
      nextStep();
    }
    int count;
    if (toAdd > 0) {
      count = (int) Math.min(toAdd, length);
      take(out, offset, count);
      addSource(out, offset, count);
      toAdd -= count;
    } else {
      count = (int) Math.min(toCopy, length);
      take(out, offset, count);
      toCopy -= count;
    }
    left -= count;
    return count;
  }

  private void nextStep() throws IOException {
    sourceAt = Math.addExact(sourceAt, seek);
    take(control, 0, CONTROL);
    toAdd = number(0);
    toCopy = number(Long.BYTES);
    seek = number(2 * Long.BYTES);
    if (toAdd < 0 || toCopy < 0 || toAdd > left || toCopy > left - toAdd) {
      throw new DeltaException(
          ErrorCode.DELTA_OUT_OF_BOUNDS, "bsdiff patch failed: a step leads outside of the file");
    }
    if (Math.abs(seek) > Long.MAX_VALUE / 4 || Math.abs(sourceAt) > Long.MAX_VALUE / 4) {
      throw new DeltaException(
          ErrorCode.DELTA_OUT_OF_BOUNDS, "bsdiff patch failed: a step leads too far");
    }
  }

  private long number(int at) {
    long value = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (control[at + i] & 0xff);
    }
    return value < 0 ? -(value & Long.MAX_VALUE) : value;
  }

  private void take(byte[] out, int offset, int count) throws IOException {
    if (count > patch.size() - patchAt) {
      throw new DeltaException(ErrorCode.DELTA_OUT_OF_BOUNDS, "bsdiff patch failed: it ends early");
    }
    patch.read(patchAt, out, offset, count);
    patchAt += count;
  }

  private void addSource(byte[] out, int offset, int count) throws IOException {
    long from = Math.clamp(sourceAt, 0, source.size());
    long to = Math.clamp(sourceAt + count, 0, source.size());
    if (from < to) {
      source.add(from, out, offset + (int) (from - sourceAt), (int) (to - from));
    }
    sourceAt += count;
  }
}
