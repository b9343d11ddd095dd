package dev.coppice.transfer.delta.lzma;

/**
 * Finds what stands before: tables of the places where two, three, four bytes begin, and longer
 * strings. A place at which a run begins is filed under the length of the run and what follows it.
 */
final class Matches {
  /** Candidates of at least four bytes that are tried. */
  private static final int DEPTH = 24;

  /** A match of so many bytes is good, and only a few others are tried. */
  private static final int GOOD = 32;

  private static final int FEW = 8;

  /** Candidates that one query gives at most. */
  private static final int MOST = DEPTH + 8;

  private static final int BITS = 20;
  private static final int SHORT_BITS = 16;
  private static final int LONG_BITS = 19;

  /** Places that are remembered; a power of two. */
  private static final int PLACES = 1 << 21;

  private static final int SHORT = 4;
  private static final int LONG = 12;

  /** Bytes of a run that tell it from others. */
  private static final int RUN = 1 << 10;

  private static final long LOW = 0xffffffffL;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final Window window;
  private final int reach;
  private final int[] two = new int[1 << 16];
  private final int[] three = new int[1 << SHORT_BITS];
  private final int[] four = new int[1 << BITS];
  private final int[] longer = new int[1 << LONG_BITS];

  /** Of each place that is remembered: the position, and above it the place before. */
  private final long[] places = new long[PLACES];

  private int newest;

  /** The next stop that is not in the tables yet. */
  private int filed = 1;

  final int[] lengths = new int[MOST];
  final int[] distances = new int[MOST];

  /** A finder for distances up to {@code reach}. */
  Matches(Window window, int reach) {
    this.window = window;
    this.reach = reach;
  }

  /** Follows the window when it slides. */
  void slide(int by) {
    filed -= by;
    slide(two, by);
    slide(three, by);
    slide(longer, by);
    for (int i = 0; i < PLACES; i++) {
      long place = places[i];
      places[i] = place & ~LOW | Math.max(0, (int) place - by);
    }
  }

  private static void slide(int[] table, int by) {
    for (int i = 0; i < table.length; i++) {
      table[i] = Math.max(0, table[i] - by);
    }
  }

  /**
   * Finds matches for the bytes at a position, and files it. Positions must grow.
   *
   * @param limit bytes that a match may have
   * @param known the length of a match that is known; if it is long, less is tried
   * @return how many there are: in {@link #lengths}, which grow, and {@link #distances}
   */
  int find(int position, int limit, int known) {
    fileUpTo(position);
    int count = 0;
    if (limit >= Lengths.LEAST && known < limit) {
      count = search(position, limit, known >= GOOD ? FEW : DEPTH);
    }
    if (filed == position) {
      file(position);
      filed = window.nextStop(position);
    }
    return count;
  }

  private int search(int at, int limit, int depth) {
    byte[] bytes = window.bytes;
    int lowest = Math.max(1, at - reach);
    int best = 1;
    int count = 0;
    if (bytes[at - 1] == bytes[at] && at > 1) {
      int length = window.equal(at - 1, at, limit);
      if (length > best) {
        best = add(count++, length, 0);
      }
    }
    if (at + Long.BYTES + SHORT > window.end()) {
      return count;
    }
    long eight = window.eight(at);
    int candidate = two[(int) eight & 0xffff];
    if (candidate >= lowest && best < limit) {
      int length = window.equal(candidate, at, limit);
      if (length > best) {
        best = add(count++, length, at - candidate - 1);
      }
    }
    candidate = three[threeHash(eight)];
    if (candidate >= lowest && best < limit && bytes[candidate + best] == bytes[at + best]) {
      int length = window.equal(candidate, at, limit);
      if (length > best) {
        best = add(count++, length, at - candidate - 1);
      }
    }
    int slot = four[fourHash(at, eight)];
    int oldest = newest - PLACES;
    best = Math.max(best, SHORT - 1);
    // The last byte that a better one must have, with those before it.
    long wanted = window.tail(at, best);
    for (int i = 0; i < depth && slot > oldest && slot > 0 && best < limit; i++) {
      long place = places[slot & PLACES - 1];
      candidate = (int) place;
      if (candidate < lowest) {
        break;
      }
      if (window.tail(candidate, best) == wanted) {
        int length = window.equal(candidate, at, limit);
        if (length > best) {
          best = add(count++, length, at - candidate - 1);
          wanted = window.tail(at, best);
        }
      }
      slot = (int) (place >>> Integer.SIZE);
    }
    candidate = longer[longHash(at, eight)];
    if (candidate >= lowest && best < limit && bytes[candidate + best] == bytes[at + best]) {
      int length = window.equal(candidate, at, limit);
      if (length > best) {
        add(count++, length, at - candidate - 1);
      }
    }
    return count;
  }

  private int add(int index, int length, int distance) {
    lengths[index] = length;
    distances[index] = distance;
    return length;
  }

  private void fileUpTo(int position) {
    while (filed < position) {
      file(filed);
      filed = window.nextStop(filed);
    }
  }

  private void file(int at) {
    if (at + Long.BYTES + SHORT > window.end()) {
      return;
    }
    long eight = window.eight(at);
    two[(int) eight & 0xffff] = at;
    three[threeHash(eight)] = at;
    newest++;
    int hash = fourHash(at, eight);
    places[newest & PLACES - 1] = (long) four[hash] << Integer.SIZE | at;
    four[hash] = newest;
    longer[longHash(at, eight)] = at;
  }

  private static int threeHash(long eight) {
    return (int) ((eight << 40) * PRIME >>> Long.SIZE - SHORT_BITS);
  }

  private int fourHash(int at, long eight) {
    int four = (int) eight;
    if (four != Integer.rotateLeft(four, Byte.SIZE)) {
      return (int) ((eight << 32) * PRIME >>> Long.SIZE - BITS);
    }
    int run = window.equal(at, at + 1, RUN);
    int behind = Math.min(at + run + 1, window.end() - Long.BYTES);
    long key = (window.eight(behind) & 0xffffffL) << 16 | run;
    return (int) (key * PRIME >>> Long.SIZE - BITS);
  }

  private int longHash(int at, long eight) {
    long key = (eight * PRIME ^ window.eight(at + LONG - Long.BYTES)) * PRIME;
    return (int) (key >>> Long.SIZE - LONG_BITS);
  }
}
