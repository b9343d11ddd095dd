package dev.coppice.transfer.delta.match;

import java.util.Arrays;

/**
 * What content looks like, in at most {@value #VALUES} numbers: the smallest hashes of all its
 * strings of {@value #WINDOW} bytes (a bottom-k sketch, as in Broder's "On the resemblance and
 * containment of documents", 1997). Two sketches tell about how many of these strings both contents
 * share, whatever the sizes and positions.
 */
public final class Sketch {
  /** Of content that was not read. */
  public static final Sketch NONE = new Sketch(new long[0]);

  private static final int VALUES = 64;
  private static final int WINDOW = 16;

  /** Bits that the hash moves on for each byte, so that a byte leaves it after the window. */
  private static final int SHIFT = Long.SIZE / WINDOW;

  private static final long[] GEAR = gear();

  private final long[] smallest;

  private Sketch(long[] smallest) {
    this.smallest = smallest;
  }

  /** The sketch of content. Some nanosecond for a byte. */
  public static Sketch of(byte[] content) {
    var values = new long[VALUES];
    int count = 0;
    long limit = Long.MAX_VALUE;
    long hash = 0;
    for (int i = 0; i < content.length; i++) {
      hash = (hash << SHIFT) + GEAR[content[i] & 0xff];
      if (hash < limit && i >= WINDOW - 1) {
        int place = Arrays.binarySearch(values, 0, count, hash);
        if (place < 0) {
          place = -place - 1;
          count = Math.min(count + 1, VALUES);
          System.arraycopy(values, place, values, place + 1, count - place - 1);
          values[place] = hash;
          limit = count == VALUES ? values[VALUES - 1] : limit;
        }
      }
    }
    return count == 0 ? NONE : new Sketch(Arrays.copyOf(values, count));
  }

  /** An estimate of how much two contents share: strings in both, divided by strings in either. */
  public double resemblance(Sketch other) {
    int wanted = Math.min(VALUES, Math.max(smallest.length, other.smallest.length));
    int mine = 0;
    int theirs = 0;
    int both = 0;
    int seen = 0;
    while (seen < wanted && mine < smallest.length && theirs < other.smallest.length) {
      int order = Long.compare(smallest[mine], other.smallest[theirs]);
      mine += order <= 0 ? 1 : 0;
      theirs += order >= 0 ? 1 : 0;
      both += order == 0 ? 1 : 0;
      seen++;
    }
    return wanted == 0 ? 0 : (double) both / wanted;
  }

  /** How many values there are; none for content below {@value #WINDOW} bytes. */
  int size() {
    return smallest.length;
  }

  long value(int index) {
    return smallest[index];
  }

  /** Random numbers, the same in each run (the generator is splitmix64 with seed 0). */
  private static long[] gear() {
    var numbers = new long[256];
    long state = 0;
    for (int i = 0; i < numbers.length; i++) {
      state += 0x9E3779B97F4A7C15L;
      long z = state;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      numbers[i] = z ^ (z >>> 31);
    }
    return numbers;
  }
}
