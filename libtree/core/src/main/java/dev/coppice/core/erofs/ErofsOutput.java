package dev.coppice.core.erofs;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Buffers little-endian numbers and bytes, and knows where in the image it is. */
final class ErofsOutput {
  private static final int BUFFER = 64 << 10;

  /** No number is longer. */
  private static final int NUMBER = 8;

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private long flushed;

  ErofsOutput(OutputStream out) {
    this.out = out;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** Bytes so far. */
  long position() {
    return flushed + filled;
  }

  void put8(int value) throws IOException {
    room(1);
    buffer[filled++] = (byte) value;
  }

  void put16(int value) throws IOException {
    room(2);
    SHORT.set(buffer, filled, (short) value);
    filled += 2;
  }

  void put32(int value) throws IOException {
    room(4);
    INT.set(buffer, filled, value);
    filled += 4;
  }

  void put64(long value) throws IOException {
    room(NUMBER);
    LONG.set(buffer, filled, value);
    filled += NUMBER;
  }

  void put(byte[] bytes) throws IOException {
    put(bytes, 0, bytes.length);
  }

  void put(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      room(1);
      int part = Math.min(left, BUFFER - filled);
      System.arraycopy(bytes, from, buffer, filled, part);
      filled += part;
      from += part;
      left -= part;
    }
  }

  /** Zeros up to a position, which is here or further on. */
  void zerosTo(long position) throws IOException {
    long left = position - position();
    if (left < 0) {
      throw new IllegalStateException("the layout has " + -left + " bytes less than were written");
    }
    while (left > 0) {
      room(1);
      int part = (int) Math.min(left, BUFFER - filled);
      Arrays.fill(buffer, filled, filled + part, (byte) 0);
      filled += part;
      left -= part;
    }
  }

  /** Zeros up to a multiple of a power of two. */
  void align(int size) throws IOException {
    zerosTo(aligned(position(), size));
  }

  /** The next multiple of a power of two. */
  static long aligned(long position, int size) {
    return position + size - 1 & -size;
  }

  private void room(int bytes) throws IOException {
    if (filled + bytes > BUFFER) {
      flush();
    }
  }

  /** Passes on what is buffered. */
  void flush() throws IOException {
    out.write(buffer, 0, filled);
    flushed += filled;
    filled = 0;
  }
}
