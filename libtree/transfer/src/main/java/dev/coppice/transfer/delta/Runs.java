package dev.coppice.transfer.delta;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Comparing, adding and subtracting bytes of arrays eight at a time. The JVM does not do so for the
 * plain loops: as far as it knows, the arrays may be one.
 */
public final class Runs {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final long HIGH_BITS = ~LOW_BITS;

  /** Most runs end within so many bytes: only longer ones are worth a call of the vector code. */
  private static final int SHORT = 64;

  private Runs() {}

  /** Eight bytes, the first one lowest. */
  public static long eight(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** How many bytes are the same from two positions on, at most {@code limit}. */
  public static int equal(byte[] one, int oneAt, byte[] other, int otherAt, int limit) {
    int most = Math.min(limit, Math.min(one.length - oneAt, other.length - otherAt));
    int length = 0;
    while (length + Long.BYTES <= most) {
      long difference = eight(one, oneAt + length) ^ eight(other, otherAt + length);
      if (difference != 0) {
        return length + (Long.numberOfTrailingZeros(difference) >>> 3);
      }
      length += Long.BYTES;
      if (length >= SHORT) {
        int first =
            Arrays.mismatch(
                one, oneAt + length, oneAt + most, other, otherAt + length, otherAt + most);
        return first < 0 ? most : length + first;
      }
    }
    while (length < most && one[oneAt + length] == other[otherAt + length]) {
      length++;
    }
    return Math.max(0, length);
  }

  /** How many of the next {@code length} bytes are the same; those outside {@code one} are not. */
  public static int matches(byte[] one, int oneAt, byte[] other, int otherAt, int length) {
    int end = Math.min(length, one.length - oneAt);
    int count = 0;
    int i = 0;
    for (; i + Long.BYTES <= end; i += Long.BYTES) {
      count += equalBytes(eight(one, oneAt + i) ^ eight(other, otherAt + i));
    }
    for (; i < end; i++) {
      count += one[oneAt + i] == other[otherAt + i] ? 1 : 0;
    }
    return count;
  }

  /** How many of eight bytes are zero. */
  private static int equalBytes(long difference) {
    long nonZero = (((difference & LOW_BITS) + LOW_BITS) | difference) & HIGH_BITS;
    return Long.BYTES - Long.bitCount(nonZero);
  }

  /** Adds {@code length} bytes to those that are there, each modulo 256. */
  public static void add(byte[] to, int toAt, byte[] from, int fromAt, int length) {
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      long one = eight(to, toAt + i);
      long other = eight(from, fromAt + i);
      // Without their highest bits, no sum runs over into the next.
      long sum = (one & LOW_BITS) + (other & LOW_BITS);
      LONGS.set(to, toAt + i, sum ^ (one ^ other) & HIGH_BITS);
    }
    for (; i < length; i++) {
      to[toAt + i] += from[fromAt + i];
    }
  }

  /** Sets {@code length} bytes to the differences of others, each modulo 256. */
  public static void subtract(
      byte[] from, int fromAt, byte[] what, int whatAt, int length, byte[] to, int toAt) {
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      long one = eight(from, fromAt + i);
      long other = eight(what, whatAt + i);
      // With its highest bit set, no byte borrows from the next.
      long difference = (one | HIGH_BITS) - (other & LOW_BITS);
      LONGS.set(to, toAt + i, difference ^ (one ^ ~other) & HIGH_BITS);
    }
    for (; i < length; i++) {
      to[toAt + i] = (byte) (from[fromAt + i] - what[whatAt + i]);
    }
  }
}
