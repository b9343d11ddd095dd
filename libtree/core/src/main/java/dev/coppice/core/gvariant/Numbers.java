package dev.coppice.core.gvariant;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays at any position, in either byte order. */
final class Numbers {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Numbers() {}

  static short readShort(byte[] data, int position, boolean bigEndian) {
    short value = (short) SHORT.get(data, position);
    return bigEndian ? Short.reverseBytes(value) : value;
  }

  static int readInt(byte[] data, int position, boolean bigEndian) {
    int value = (int) INT.get(data, position);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  static long readLong(byte[] data, int position, boolean bigEndian) {
    long value = (long) LONG.get(data, position);
    return bigEndian ? Long.reverseBytes(value) : value;
  }

  static void writeShort(byte[] data, int position, short value, boolean bigEndian) {
    SHORT.set(data, position, bigEndian ? Short.reverseBytes(value) : value);
  }

  static void writeInt(byte[] data, int position, int value, boolean bigEndian) {
    INT.set(data, position, bigEndian ? Integer.reverseBytes(value) : value);
  }

  static void writeLong(byte[] data, int position, long value, boolean bigEndian) {
    LONG.set(data, position, bigEndian ? Long.reverseBytes(value) : value);
  }
}
