package dev.coppice.core.object;

/**
 * GVariant framing offsets, for the fixed shapes of this package: objects that are read and written
 * by the ten thousand do not go through the general codec.
 *
 * <p>Source: the GVariant specification, "Framing Offsets": an offset is as wide as the smallest of
 * 1, 2, 4 or 8 bytes that can count the whole container, and is little-endian.
 */
final class Framing {
  private Framing() {}

  /** Width of each of {@code count} offsets behind a body of {@code body} bytes. */
  static int width(long body, int count) {
    if (body + count <= 0xff) {
      return 1;
    }
    if (body + 2L * count <= 0xffff) {
      return 2;
    }
    if (body + 4L * count <= 0xffffffffL) {
      return 4;
    }
    return 8;
  }

  /** Width of the offsets inside a container of {@code size} bytes. */
  static int widthIn(int size) {
    if (size <= 0xff) {
      return 1;
    }
    return size <= 0xffff ? 2 : 4;
  }

  static void put(byte[] out, int at, int width, long value) {
    for (int i = 0; i < width; i++) {
      out[at + i] = (byte) (value >>> (8 * i));
    }
  }

  /** Reads an offset; one that does not fit an int is returned as -1, which no check accepts. */
  static int get(byte[] in, int at, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (in[at + i] & 0xffL) << (8 * i);
    }
    return value > Integer.MAX_VALUE ? -1 : (int) value;
  }

  static void putBigEndian(byte[] out, int at, int value) {
    out[at] = (byte) (value >>> 24);
    out[at + 1] = (byte) (value >>> 16);
    out[at + 2] = (byte) (value >>> 8);
    out[at + 3] = (byte) value;
  }

  static int getBigEndian(byte[] in, int at) {
    return (in[at] & 0xff) << 24
        | (in[at + 1] & 0xff) << 16
        | (in[at + 2] & 0xff) << 8
        | (in[at + 3] & 0xff);
  }
}
