package dev.coppice.core.gvariant;

/**
 * Arithmetic of GVariant framing: sizes of offsets, alignment, reading and writing of offsets.
 *
 * <p>Offsets are always little-endian, whatever the byte order of the numbers is.
 */
public final class Framing {
  private Framing() {}

  /** Bytes of each framing offset in a container of {@code size} bytes: 0, 1, 2 or 4. */
  public static int offsetSize(int size) {
    if (size > 0xffff) {
      return 4;
    }
    if (size > 0xff) {
      return 2;
    }
    return size > 0 ? 1 : 0;
  }

  /** Bytes of each framing offset for a body and a number of offsets that follow it. */
  public static int offsetSize(long body, long offsets) {
    if (body + offsets <= 0xff) {
      return 1;
    }
    return body + 2 * offsets <= 0xffff ? 2 : 4;
  }

  /** {@code position} rounded up to a multiple of {@code alignment}, a power of two. */
  public static int align(int position, int alignment) {
    return (position + alignment - 1) & -alignment;
  }

  static long align(long position, int alignment) {
    return (position + alignment - 1) & -(long) alignment;
  }

  /** The unsigned offset of {@code size} bytes (0, 1, 2 or 4) at {@code position}. */
  public static long readOffset(byte[] data, int position, int size) {
    return switch (size) {
      case 0 -> 0;
      case 1 -> data[position] & 0xff;
      case 2 -> (data[position] & 0xff) | (data[position + 1] & 0xff) << 8;
      default -> Numbers.readInt(data, position, false) & 0xffffffffL;
    };
  }

  static void writeOffset(byte[] data, int position, int size, int offset) {
    for (int i = 0; i < size; i++) {
      data[position + i] = (byte) (offset >>> (8 * i));
    }
  }
}
