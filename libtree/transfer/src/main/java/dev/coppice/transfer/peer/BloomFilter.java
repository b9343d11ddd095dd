package dev.coppice.transfer.peer;

import dev.coppice.core.ref.CollectionRef;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/**
 * A set of refs that can be asked whether it has one, and now and then says yes where it has not.
 * Source: {@code ostree-bloom.c}, {@code ostree_collection_ref_bloom_hash}.
 */
final class BloomFilter {
  private final int hashes;
  private final byte[] bits;

  /**
   * A filter as it is announced.
   *
   * @param hashes how many bits stand for a ref, 1 to 255
   * @param bits at least one byte, the lowest bit of each first
   */
  BloomFilter(int hashes, byte[] bits) {
    this.hashes = hashes;
    this.bits = bits.clone();
  }

  /** The filter of these refs. */
  static BloomFilter of(Collection<CollectionRef> refs, int hashes, int bytes) {
    var filter = new BloomFilter(hashes, new byte[bytes]);
    for (CollectionRef ref : refs) {
      for (int k = 0; k < hashes; k++) {
        int bit = filter.bit(ref, k);
        filter.bits[bit / 8] |= (byte) (1 << (bit % 8));
      }
    }
    return filter;
  }

  /** Whether it may have a ref; false: it has not. */
  boolean mayHave(CollectionRef ref) {
    for (int k = 0; k < hashes; k++) {
      int bit = bit(ref, k);
      if ((bits[bit / 8] & 1 << (bit % 8)) == 0) {
        return false;
      }
    }
    return true;
  }

  private int bit(CollectionRef ref, int k) {
    long hash = hash(ref.collection().id(), k) ^ hash(ref.ref().name(), k);
    return (int) Long.remainderUnsigned(hash, bits.length * 8L);
  }

  /** The key of the k-th hash is 16 bytes k. */
  private static long hash(String text, int k) {
    byte[] key = new byte[16];
    Arrays.fill(key, (byte) k);
    return SipHash.hash(key, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bits. */
  byte[] bits() {
    return bits.clone();
  }
}
