package dev.coppice.transfer.delta.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where short strings of bytes ("anchors") stand in the old content: a hash table whose entries
 * chain positions with the same hash, the latest first.
 *
 * <p>Memory is at most {@value #MAX_POSITIONS} positions of 8 bytes (64 MiB), whatever the size of
 * the content: longer content is indexed at every second, fourth ... position. One index is used
 * for many files in turn and keeps its tables; it belongs to one thread.
 */
final class AnchorIndex {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MAX_POSITIONS = 1 << 23;
  private static final int MIN_BITS = 8;

  /** Bytes of an anchor. Shorter ones find more, and more that is chance. */
  static final int ANCHOR = 8;

  /** Candidates looked at for one anchor: what bounds the time on periodic content. */
  private static final int DEPTH = 16;

  /** Bytes of one candidate that are compared before the others are looked at. */
  private static final int COMPARED = 512;

  private byte[] old = {};
  private int[] heads = {};
  private int[] earlier = {};
  private int step = 1;
  private int shift = Long.SIZE - MIN_BITS;
  private int foundAt;

  /** Replaces the content that is indexed. The array is kept, not copied. */
  void fill(byte[] content) {
    old = content;
    int anchors = Math.max(0, content.length - ANCHOR + 1);
    step = 1;
    while (anchors / step > MAX_POSITIONS) {
      step *= 2;
    }
    int positions = anchors / step + 1;
    int bits = Math.max(MIN_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(positions - 1));
    bits = Math.min(bits, Integer.numberOfTrailingZeros(MAX_POSITIONS));
    shift = Long.SIZE - bits;
    if (heads.length < 1 << bits) {
      heads = new int[1 << bits];
    }
    if (earlier.length < positions) {
      earlier = new int[positions];
    }
    Arrays.fill(heads, 0, 1 << bits, -1);
    int before = -1;
    for (int at = 0, slot = 0; at < anchors; at += step, slot++) {
      int hash = hash(content, at);
      if (hash != before) { // of a run of one byte only the start is of use
        earlier[slot] = heads[hash];
        heads[hash] = slot;
        before = hash;
      }
    }
  }

  private int hash(byte[] content, int at) {
    return (int) (((long) LONGS.get(content, at) * 0x9E3779B97F4A7C15L) >>> shift);
  }

  /**
   * The longest string of the old content, among the candidates that are looked at, that the new
   * content has at a position.
   *
   * @param expected where the old content would go on; of equals the one nearest to it is taken
   * @return its length in bytes, 0 if there is none; {@link #foundAt} then says where it is
   */
  int find(byte[] fresh, int at, int expected) {
    if (at + ANCHOR > fresh.length) {
      return 0;
    }
    long wanted = (long) LONGS.get(fresh, at);
    int slot = heads[(int) ((wanted * 0x9E3779B97F4A7C15L) >>> shift)];
    int best = 0;
    for (int depth = 0; slot >= 0 && depth < DEPTH; depth++) {
      int candidate = slot * step;
      if ((long) LONGS.get(old, candidate) == wanted) {
        int length = equal(candidate, fresh, at, COMPARED);
        if (length > best
            || (length == best && Math.abs(candidate - expected) < Math.abs(foundAt - expected))) {
          best = length;
          foundAt = candidate;
        }
      }
      slot = earlier[slot];
    }
    return best < COMPARED ? best : equal(foundAt, fresh, at, Integer.MAX_VALUE);
  }

  /** Where the string is that {@link #find} found last: an offset into the old content. */
  int foundAt() {
    return foundAt;
  }

  /** How many bytes are the same from an old and a new position on. */
  int equal(int oldAt, byte[] fresh, int at, int limit) {
    int length = Math.min(limit, Math.min(old.length - oldAt, fresh.length - at));
    if (length <= 0) {
      return 0;
    }
    int first = Arrays.mismatch(old, oldAt, oldAt + length, fresh, at, at + length);
    return first < 0 ? length : first;
  }
}
