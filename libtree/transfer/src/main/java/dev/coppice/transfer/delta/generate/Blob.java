package dev.coppice.transfer.delta.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes of a part that operations refer to by offset: grows at its end. */
final class Blob extends OutputStream implements Payload {
  /** The largest array that every JVM makes. */
  private static final int MAX = Integer.MAX_VALUE - 8;

  private byte[] bytes;
  private int size;

  Blob(int expected) {
    bytes = new byte[expected];
  }

  @Override
  public long size() {
    return size;
  }

  /** Where what is written next will be. */
  int end() {
    return size;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /** The bytes; only those before {@link #end} count. Not a copy. */
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

  /** Drops all content, but not the room for it. */
  void clear() {
    size = 0;
  }

  /** This one, or an empty one in its place if it has more room than that. */
  Blob orSmaller(int most) {
    return bytes.length > most ? new Blob(0) : this;
  }

  /** Makes room for bytes to come, so that no more than they need is taken. */
  void reserve(int more) {
    if (more > bytes.length - size) {
      bytes = size == 0 ? new byte[more] : Arrays.copyOf(bytes, Math.addExact(size, more));
    }
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
