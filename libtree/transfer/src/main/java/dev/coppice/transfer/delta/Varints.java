package dev.coppice.transfer.delta;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Numbers of seven bits a byte, the lowest first; all bytes but the last have their highest bit
 * set. Source: {@code _ostree_read_varuint64}, {@code _ostree_write_varuint64}.
 */
public final class Varints {
  /** Bytes that 64 bits take at most. */
  public static final int MAX_BYTES = 10;

  private static final int BITS = 7;
  private static final int MORE = 0x80;

  private Varints() {}

  /** Bytes, one after the other. */
  interface Source {
    /** The next one, or -1. */
    int next() throws IOException;
  }

  /**
   * Reads a number.
   *
   * @throws DeltaException when the bytes end in it, or it is longer or larger than any that counts
   *     bytes: 63 bits
   */
  static long read(Source source) throws IOException {
    long value = 0;
    for (int shift = 0; shift < MAX_BYTES * BITS; shift += BITS) {
      int next = source.next();
      if (next < 0) {
        throw DeltaException.malformed("Unexpected EOF reading varint");
      }
      long bits = next & (MORE - 1);
      if (shift >= Long.SIZE - 1 && bits != 0) {
        throw DeltaException.malformed("Impossibly large varint");
      }
      value |= shift < Long.SIZE ? bits << shift : 0;
      if ((next & MORE) == 0) {
        return value;
      }
    }
    throw DeltaException.malformed("Varint of more than " + MAX_BYTES + " bytes");
  }

  /** Appends a number of 64 bits, read as unsigned. */
  public static void write(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & -MORE) != 0) {
      out.write(((int) rest & (MORE - 1)) | MORE);
      rest >>>= BITS;
    }
    out.write((int) rest);
  }
}
