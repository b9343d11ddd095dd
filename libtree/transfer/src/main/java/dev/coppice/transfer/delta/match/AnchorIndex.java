package dev.coppice.transfer.delta.match;

import dev.coppice.transfer.delta.Runs;
import java.util.Arrays;

/**
 * Where short strings of bytes ("anchors") stand in the old content: a hash table whose entries
 * chain positions with the same hash, the earliest first.
 *
 * <p>Memory is at most {@value #MAX_POSITIONS} positions of 8 bytes (32 MiB), whatever the size of
 * the content: longer content is indexed at every second, fourth ... position. One index is used
 * for many files in turn and keeps its tables; it belongs to one thread.
 */
final class AnchorIndex {
  private static final int MAX_POSITIONS = 1 << 22;
  private static final int MIN_BITS = 8;

  /** Bytes of an anchor. Shorter ones find more, and more that is chance. */
  static final int ANCHOR = 8;

  /** Bytes of one candidate that are compared before the others are looked at. */
  private static final int COMPARED = 128;

  private static final byte[] NOTHING = {};

  private byte[] old = NOTHING;
  private int[] heads = {};
  private int[] next = {};
  private int step = 1;
  private int shift = Long.SIZE - MIN_BITS;
  private int foundAt;

  /** Bytes that the tables take for content of a size. */
  static long memory(long size) {
    return 2L * Integer.BYTES * Math.min(size, MAX_POSITIONS);
  }

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
    if (next.length < positions) {
      next = new int[positions];
    }
    Arrays.fill(heads, 0, 1 << bits, -1);
    // From the end on, so that the chains begin with the earliest: in periodic content that one has
    // the longest match.
    int slot = (anchors - 1) / step;
    int hash = anchors > 0 ? hash(content, slot * step) : 0;
    for (; slot > 0; slot--) {
      int before = hash(content, (slot - 1) * step);
      if (hash != before) { // of a run of one byte only the start is of use
        next[slot] = heads[hash];
        heads[hash] = slot;
      }
      hash = before;
    }
    if (anchors > 0) {
      next[0] = heads[hash];
      heads[hash] = 0;
    }
  }

  /** Gives the content back, which may be large. The tables stay for the next. */
  void forget() {
    old = NOTHING;
  }

  private int hash(byte[] content, int at) {
    return (int) ((Runs.eight(content, at) * 0x9E3779B97F4A7C15L) >>> shift);
  }

  /**
   * The longest string of the old content, among the candidates that are looked at, that the new
   * content has at a position.
   *
   * @param above strings that are not longer do not count; at least {@link #ANCHOR} - 1
   * @param candidates how many are looked at: what bounds the time on periodic content
   * @return its length in bytes, 0 if there is none; {@link #foundAt} then says where it is
   */
  int find(byte[] fresh, int at, int above, int candidates) {
    if (at + above >= fresh.length) {
      return 0;
    }
    int best = above;
    int found = -1;
    // The last byte that a better candidate must have is compared first, with the seven before it.
    long wanted = Runs.eight(fresh, at + best + 1 - Long.BYTES);
    int slot = heads[hash(fresh, at)];
    for (int seen = 0; slot >= 0 && seen < candidates; seen++) {
      int candidate = slot * step;
      int tail = candidate + best + 1 - Long.BYTES;
      if (candidate + best < old.length && Runs.eight(old, tail) == wanted) {
        int length = Runs.equal(old, candidate, fresh, at, COMPARED);
        if (length > best) {
          best = length;
          found = candidate;
          if (best == COMPARED || at + best >= fresh.length) {
            break;
          }
          wanted = Runs.eight(fresh, at + best + 1 - Long.BYTES);
        }
      }
      slot = next[slot];
    }
    if (found < 0) {
      return 0;
    }
    foundAt = found;
    return best < COMPARED ? best : Runs.equal(old, found, fresh, at, Integer.MAX_VALUE);
  }

  /** Where the string is that {@link #find} found last: an offset into the old content. */
  int foundAt() {
    return foundAt;
  }
}
