package dev.coppice.transfer.delta.lzma;

import dev.coppice.transfer.delta.Runs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes that are being compressed and those before them that matches may refer to, with the
 * marks of the runs in them.
 *
 * <p>A <em>stop</em> is a byte that is not like the one before it, or comes after such a one: from
 * the second byte of a run on, the run itself is a match. Of zeros between differences only the
 * ends are stops, and only stops are worth looking at.
 */
final class Window {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SHORTEST = 4;

  /** Bytes that are marked at a time; a power of two. */
  private static final int BLOCK = 1 << 14;

  private static final int MASK = 4 * BLOCK - 1;

  /** The largest distance to the next stop that is kept. */
  private static final int FAR = 1 << 14;

  final byte[] bytes;
  private final int kept;

  /** Distance to the next stop behind a position, for those in blocks that are marked. */
  private final short[] next = new short[MASK + 1];

  private int marked;
  private int end;
  private int at;

  /**
   * An empty window. Position 0 is never used.
   *
   * @param kept bytes before the present one that matches may refer to
   */
  Window(int kept) {
    this.kept = kept;
    bytes = new byte[2 * kept];
    end = 1;
    at = 1;
    marked = 1;
  }

  /** The present position. */
  int at() {
    return at;
  }

  /** Behind the last byte that is there. */
  int end() {
    return end;
  }

  void moveTo(int position) {
    at = position;
  }

  /** Takes as many bytes as there is room for; tells how many. */
  int fill(byte[] source, int offset, int length) {
    int count = Math.min(length, bytes.length - end);
    System.arraycopy(source, offset, bytes, end, count);
    end += count;
    return count;
  }

  boolean full() {
    return end == bytes.length;
  }

  /**
   * Drops what is too far back, so that there is room.
   *
   * @return by how many bytes everything moved
   */
  int slide() {
    int by = Math.max(0, at - 1 - kept);
    // The marks stay where they are: their ring is as long as a whole number of them.
    by -= by & MASK;
    System.arraycopy(bytes, by, bytes, 0, end - by);
    at -= by;
    end -= by;
    marked -= by;
    return by;
  }

  /** Marks stops, at least up to a position or the end. */
  void mark(int upTo) {
    while (marked < Math.min(upTo, end)) {
      int to = Math.min(marked + BLOCK, end);
      int distance = FAR;
      // What follows is not marked yet, so its first byte counts as a stop.
      int stop = to;
      for (int i = to - 1; i >= marked; i--) {
        distance = Math.min(FAR, stop - i);
        next[i & MASK] = (short) distance;
        if (isStop(i)) {
          stop = i;
        }
      }
      marked = to;
    }
  }

  private boolean isStop(int position) {
    byte before = bytes[position - 1];
    return bytes[position] != before || (position > 1 && bytes[position - 2] != before);
  }

  /** The first stop behind a position, which must be marked. */
  int nextStop(int position) {
    return position + next[position & MASK];
  }

  /** How many bytes from two positions on, the first before the second, are the same. */
  int equal(int one, int other, int limit) {
    return Runs.equal(bytes, one, bytes, other, Math.min(limit, end - other));
  }

  /** The byte at a distance from a position, and as many before it as fit, at most three. */
  int tail(int position, int distance) {
    return (int) INTS.get(bytes, position + distance - SHORTEST + 1);
  }

  long eight(int position) {
    return (long) LONGS.get(bytes, position);
  }
}
