package dev.coppice.core.erofs;

import static java.lang.Integer.rotateLeft;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash XXH32, by which the kernel tells from an inode that an attribute is not there.
 * Specification: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 */
final class XxHash32 {
  private static final int PRIME_1 = 0x9E3779B1;
  private static final int PRIME_2 = 0x85EBCA77;
  private static final int PRIME_3 = 0xC2B2AE3D;
  private static final int PRIME_4 = 0x27D4EB2F;
  private static final int PRIME_5 = 0x165667B1;
  private static final int STRIPE = 16;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private XxHash32() {}

  /** The hash of {@code length} bytes from {@code offset}. */
  static int hash(byte[] bytes, int offset, int length, int seed) {
    int at = offset;
    int end = offset + length;
    int hash;
    if (length >= STRIPE) {
      int lane1 = seed + PRIME_1 + PRIME_2;
      int lane2 = seed + PRIME_2;
      int lane3 = seed;
      int lane4 = seed - PRIME_1;
      for (; at <= end - STRIPE; at += STRIPE) {
        lane1 = round(lane1, bytes, at);
        lane2 = round(lane2, bytes, at + 4);
        lane3 = round(lane3, bytes, at + 8);
        lane4 = round(lane4, bytes, at + 12);
      }
      hash =
          rotateLeft(lane1, 1)
              + rotateLeft(lane2, 7)
              + rotateLeft(lane3, 12)
              + rotateLeft(lane4, 18);
    } else {
      hash = seed + PRIME_5;
    }
    hash += length;
    for (; at <= end - 4; at += 4) {
      hash = rotateLeft(hash + (int) INT.get(bytes, at) * PRIME_3, 17) * PRIME_4;
    }
    for (; at < end; at++) {
      hash = rotateLeft(hash + (bytes[at] & 0xff) * PRIME_5, 11) * PRIME_1;
    }
    return avalanche(hash);
  }

  private static int round(int lane, byte[] bytes, int at) {
    return rotateLeft(lane + (int) INT.get(bytes, at) * PRIME_2, 13) * PRIME_1;
  }

  private static int avalanche(int hash) {
    int mixed = (hash ^ hash >>> 15) * PRIME_2;
    mixed = (mixed ^ mixed >>> 13) * PRIME_3;
    return mixed ^ mixed >>> 16;
  }
}
