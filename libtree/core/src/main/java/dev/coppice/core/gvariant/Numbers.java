package dev.coppice.core.gvariant;

/**
 * Numbers in byte arrays at any position, in either byte order.
 *
 * <p>Plain shifts, since the method handles behind a view of the array would cost more at startup
 * than a short command reads in numbers; the compiler joins the bytes again where it is hot.
 */
final class Numbers {
  private Numbers() {}

  static short readShort(byte[] data, int position, boolean bigEndian) {
    short value = (short) ((data[position] & 0xff) | data[position + 1] << 8);
    return bigEndian ? Short.reverseBytes(value) : value;
  }

  static int readInt(byte[] data, int position, boolean bigEndian) {
    int value = littleInt(data, position);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  static long readLong(byte[] data, int position, boolean bigEndian) {
    long low = littleInt(data, position) & 0xffffffffL;
    long value = low | (long) littleInt(data, position + 4) << 32;
    return bigEndian ? Long.reverseBytes(value) : value;
  }

  static void writeShort(byte[] data, int position, short value, boolean bigEndian) {
    int little = bigEndian ? Short.reverseBytes(value) : value;
    data[position] = (byte) little;
    data[position + 1] = (byte) (little >> 8);
  }

  static void writeInt(byte[] data, int position, int value, boolean bigEndian) {
    int little = bigEndian ? Integer.reverseBytes(value) : value;
    data[position] = (byte) little;
    data[position + 1] = (byte) (little >> 8);
    data[position + 2] = (byte) (little >> 16);
    data[position + 3] = (byte) (little >> 24);
  }

  static void writeLong(byte[] data, int position, long value, boolean bigEndian) {
    long little = bigEndian ? Long.reverseBytes(value) : value;
    writeInt(data, position, (int) little, false);
    writeInt(data, position + 4, (int) (little >>> 32), false);
  }

  private static int littleInt(byte[] data, int position) {
    return (data[position] & 0xff)
        | (data[position + 1] & 0xff) << 8
        | (data[position + 2] & 0xff) << 16
        | data[position + 3] << 24;
  }
}
