package dev.coppice.transfer.delta;

import java.io.IOException;

/**
 * Framing offsets of GVariants that are larger than an array can be, and so are read where they
 * lie. Source: the GVariant specification, "Framing Offsets".
 */
final class Offsets {
  private Offsets() {}

  /** Bytes of each offset in a container of this many bytes. */
  static int width(long container) {
    if (container <= 0xff) {
      return 1;
    }
    if (container <= 0xffff) {
      return 2;
    }
    return container <= 0xffffffffL ? Integer.BYTES : Long.BYTES;
  }

  /** The offset at a place; a negative number for one that is larger than any can be. */
  static long read(ByteRegion bytes, long at, int width) throws IOException {
    byte[] raw = bytes.read(at, width);
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (raw[i] & 0xffL) << (8 * i);
    }
    return value;
  }

  static int bigEndian(byte[] in, int at) {
    return (in[at] & 0xff) << 24
        | (in[at + 1] & 0xff) << 16
        | (in[at + 2] & 0xff) << 8
        | (in[at + 3] & 0xff);
  }
}
