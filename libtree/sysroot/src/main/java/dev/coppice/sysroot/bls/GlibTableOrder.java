package dev.coppice.sysroot.bls;

import dev.coppice.posix.PosixNames;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a GHashTable of strings gives its keys.
 *
 * <p>The real tool writes unknown keys of a boot entry in this order, which is stable from run to
 * run: no random seed is involved. A table starts with 8 places and grows by powers of two; a place
 * is {@code 11 * djb2(key)} modulo a prime below the size, then quadratic steps. Source: GLib 2.74
 * to 2.86, {@code ghash.c}.
 */
final class GlibTableOrder {
  /** Largest prime below each power of two, from 2^0. */
  private static final int[] PRIMES = {1, 2, 3, 7, 13, 31, 61, 127, 251, 509, 1021, 2039, 4093};

  private static final int SMALLEST_SHIFT = 3;
  private static final double ROOM = 1.333;

  private @Nullable String[] places = new @Nullable String[1 << SMALLEST_SHIFT];
  private int prime = PRIMES[SMALLEST_SHIFT];
  private int count;

  private GlibTableOrder() {}

  /** The keys, which differ, in the order of a table into which they were put in this order. */
  static List<String> of(List<String> keys) {
    var table = new GlibTableOrder();
    keys.forEach(table::add);
    var order = new ArrayList<String>();
    for (String key : table.places) {
      if (key != null) {
        order.add(key);
      }
    }
    return order;
  }

  private void add(String key) {
    int place = firstPlace(key);
    for (int step = 1; places[place] != null; step++) {
      place = place + step & places.length - 1;
    }
    places[place] = key;
    count++;
    if (places.length <= count + count / 16) {
      grow();
    }
  }

  private int firstPlace(String key) {
    return Integer.remainderUnsigned(hash(key) * 11, prime);
  }

  /** Bernstein's hash over signed bytes, {@code g_str_hash}; 0 and 1 mean something else. */
  private static int hash(String key) {
    int hash = 5381;
    for (byte b : PosixNames.encode(key)) {
      hash = hash * 33 + b;
    }
    return hash == 0 || hash == 1 ? 2 : hash;
  }

  /**
   * Moves every key to its place in a larger table. It happens in place: a key that stands where
   * another belongs is moved on at once, which decides the order.
   */
  private void grow() {
    int oldSize = places.length;
    int shift = 0;
    for (int wanted = (int) (count * ROOM); wanted != 0; wanted >>= 1) {
      shift++;
    }
    prime = PRIMES[shift];
    places = java.util.Arrays.copyOf(places, 1 << shift);
    var settled = new BitSet();
    for (int i = 0; i < oldSize; i++) {
      String key = places[i];
      if (key != null && !settled.get(i)) {
        places[i] = null;
        settle(key, settled);
      }
    }
  }

  private void settle(String first, BitSet settled) {
    String key = first;
    while (key != null) {
      int place = firstPlace(key);
      for (int step = 1; settled.get(place); step++) {
        place = place + step & places.length - 1;
      }
      settled.set(place);
      String evicted = places[place];
      places[place] = key;
      key = evicted;
    }
  }
}
