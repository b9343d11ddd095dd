package dev.coppice.transfer.delta;

import dev.coppice.posix.Fd;
import dev.coppice.posix.Io;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;

/**
 * Bytes that are read by position: a part in memory, a part in a file, or a piece of either. What
 * is inside stays the caller's.
 */
public sealed interface ByteRegion {
  /** Number of bytes. */
  long size();

  /**
   * Reads bytes.
   *
   * @param at of the first one, from the start of the region
   * @throws IndexOutOfBoundsException when they are not all inside
   */
  void read(long at, byte[] into, int offset, int length) throws IOException;

  /**
   * A piece of the region.
   *
   * @throws IndexOutOfBoundsException when it is not all inside
   */
  ByteRegion slice(long at, long length);

  /** Reads a few bytes into an array of their own. */
  default byte[] read(long at, int length) throws IOException {
    Objects.checkFromIndexSize(at, length, size());
    byte[] bytes = new byte[length];
    read(at, bytes, 0, length);
    return bytes;
  }

  /** Bytes of an array. */
  static ByteRegion of(byte[] bytes) {
    return new OfArray(bytes, 0, bytes.length);
  }

  /** The first bytes of an open file. */
  static ByteRegion of(Fd file, long size) {
    return new OfFile(file, 0, size);
  }

  /** Bytes in memory. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record OfArray(byte[] bytes, int start, int length) implements ByteRegion {
    /** Checks the range. */
    public OfArray {
      Objects.checkFromIndexSize(start, length, bytes.length);
    }

    @Override
    public long size() {
      return length;
    }

    @Override
    public void read(long at, byte[] into, int offset, int count) {
      Objects.checkFromIndexSize(at, count, (long) length);
      System.arraycopy(bytes, start + (int) at, into, offset, count);
    }

    @Override
    public OfArray slice(long at, long count) {
      Objects.checkFromIndexSize(at, count, (long) length);
      return new OfArray(bytes, start + (int) at, (int) count);
    }
  }

  /** Bytes of an open file, which is read without moving its offset. */
  record OfFile(Fd file, long start, long size) implements ByteRegion {
    @Override
    public void read(long at, byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(at, length, size);
      for (int done = 0; done < length; ) {
        int count = Io.pread(file, into, offset + done, length - done, start + at + done);
        if (count < 0) {
          throw new EOFException("a file became shorter while it was read");
        }
        done += count;
      }
    }

    @Override
    public OfFile slice(long at, long length) {
      Objects.checkFromIndexSize(at, length, size);
      return new OfFile(file, start + at, length);
    }
  }
}
