package dev.coppice.transfer.delta.generate;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes of a part that operations refer to by offset: grows at its end, and can be cut there. */
final class Blob extends OutputStream {
  /** The largest array that every JVM makes. */
  private static final int MAX = Integer.MAX_VALUE - 8;

  private byte[] bytes;
  private int size;

  Blob(int expected) {
    bytes = new byte[expected];
  }

  int size() {
    return size;
  }

  /** The bytes; only the first {@link #size} count. Not a copy. */
  byte[] array() {
    return bytes;
  }

  @Override
  public void write(int b) {
    ensure(1);
    bytes[size++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Drops what is behind an offset. */
  void cut(int newSize) {
    size = newSize;
  }

  private void ensure(int more) {
    if (more > bytes.length - size) {
      if (more > MAX - size) {
        throw new OutOfMemoryError("a part of a static delta larger than 2 GiB");
      }
      long wanted = Math.max((long) size + more, bytes.length + (long) (bytes.length >> 1));
      bytes = Arrays.copyOf(bytes, (int) Math.min(MAX, wanted));
    }
  }
}
