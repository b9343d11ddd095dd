package dev.coppice.core.gvariant;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which GLib's hash table of strings gives its keys back.
 *
 * <p>What the real tool passes through a {@code GVariantDict} or a hash table - metadata of commits
 * and summaries, unknown keys of boot entries - comes out in this order. It is part of checksums,
 * so the same input gives the same checksum only when it is made the same way. The order is the
 * same in every run: there is no random seed. Source: behaviour of GLib 2.74 to 2.86: {@code
 * g_str_hash} times 11 modulo a prime, probing with growing steps, in-place growth.
 */
public final class GHashOrder {
  /** The largest primes below powers of two, as GLib has them, up to a million keys. */
  private static final int[] PRIMES = {
    1, 2, 3, 7, 13, 31, 61, 127, 251, 509, 1021, 2039, 4093, 8191, 16381, 32749, 65521, 131071,
    262139, 524287, 1048573
  };

  private static final int MIN_SHIFT = 3;

  private @Nullable String[] keys = new String[1 << MIN_SHIFT];
  private int modulus = PRIMES[MIN_SHIFT];
  private int count;

  private GHashOrder() {}

  /** The distinct keys, inserted in the order given, in the order of the table. */
  public static List<String> of(Iterable<String> inserted) {
    var table = new GHashOrder();
    for (String key : inserted) {
      table.insert(key);
    }
    var ordered = new ArrayList<String>(table.count);
    for (String key : table.keys) {
      if (key != null) {
        ordered.add(key);
      }
    }
    return ordered;
  }

  private static int hash(String key) {
    int hash = 5381;
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      hash = hash * 33 + b;
    }
    // 0 and 1 mark empty and deleted places.
    return Integer.compareUnsigned(hash, 2) < 0 ? 2 : hash;
  }

  private int index(String key) {
    return Integer.remainderUnsigned(hash(key) * 11, modulus);
  }

  private void insert(String key) {
    int at = index(key);
    for (int step = 1; keys[at] != null; step++) {
      if (key.equals(keys[at])) {
        return;
      }
      at = (at + step) & (keys.length - 1);
    }
    keys[at] = key;
    count++;
    if (keys.length <= count + count / 16) {
      grow();
    }
  }

  private void grow() {
    int shift = Integer.SIZE - Integer.numberOfLeadingZeros((int) (count * 1.333));
    shift = Math.max(shift, MIN_SHIFT);
    int oldSize = keys.length;
    modulus = PRIMES[shift];
    keys = Arrays.copyOf(keys, Math.max(oldSize, 1 << shift));
    boolean[] placed = new boolean[keys.length];
    for (int i = 0; i < oldSize; i++) {
      String moving = keys[i];
      if (moving == null || placed[i]) {
        continue;
      }
      keys[i] = null;
      while (moving != null) {
        int at = index(moving);
        for (int step = 1; placed[at]; step++) {
          at = (at + step) & (keys.length - 1);
        }
        placed[at] = true;
        String evicted = keys[at];
        keys[at] = moving;
        moving = evicted;
      }
    }
  }
}
