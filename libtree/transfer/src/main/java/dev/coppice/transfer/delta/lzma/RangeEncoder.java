package dev.coppice.transfer.delta.lzma;

import java.util.Arrays;

/** The range coder of LZMA, into memory: binary decisions, each with an adaptive probability. */
final class RangeEncoder {
  /** Bytes that a chunk of LZMA2 has at most. */
  static final int MOST = 1 << 16;

  /** A probability: this is certain. */
  private static final int TOTAL_BITS = 11;

  private static final int TOTAL = 1 << TOTAL_BITS;
  private static final int MOVE_BITS = 5;
  private static final int TOP_BITS = 24;

  /** Bytes that the end of a stream takes. */
  private static final int TAIL = 5;

  private static final int REDUCED_BITS = 4;

  /** Fractions of a bit in which prices are stated: a sixteenth. */
  private static final int PRICE_BITS = 4;

  private static final int[] PRICES = prices();

  private final byte[] buffer = new byte[MOST];
  private int size;
  private long low;
  private int range;
  private int cache;
  private int cached;

  RangeEncoder() {
    reset();
  }

  /** Starts a stream anew. */
  void reset() {
    size = 0;
    low = 0;
    range = -1;
    cache = 0;
    cached = 1;
  }

  /** Probabilities that say nothing yet. */
  static void clear(short[] probabilities) {
    Arrays.fill(probabilities, (short) (TOTAL / 2));
  }

  /** Bytes that the stream would have if it ended here. */
  int pending() {
    return size + cached + TAIL - 1;
  }

  /** Ends the stream, and tells its length; the bytes are in {@link #bytes}. */
  int finish() {
    for (int i = 0; i < TAIL; i++) {
      shiftLow();
    }
    return size;
  }

  byte[] bytes() {
    return buffer;
  }

  void bit(short[] probabilities, int index, int bit) {
    int probability = probabilities[index];
    int bound = (range >>> TOTAL_BITS) * probability;
    if (bit == 0) {
      range = bound;
      probabilities[index] = (short) (probability + ((TOTAL - probability) >>> MOVE_BITS));
    } else {
      low += bound & 0xffffffffL;
      range -= bound;
      probabilities[index] = (short) (probability - (probability >>> MOVE_BITS));
    }
    if (range >>> TOP_BITS == 0) {
      range <<= Byte.SIZE;
      shiftLow();
    }
  }

  /** A number by a tree of decisions, the highest bit first. */
  void tree(short[] probabilities, int offset, int bits, int value) {
    int node = 1;
    for (int i = bits - 1; i >= 0; i--) {
      int bit = (value >>> i) & 1;
      bit(probabilities, offset + node, bit);
      node = node << 1 | bit;
    }
  }

  /** The same, the lowest bit first. */
  void reverseTree(short[] probabilities, int bits, int value) {
    int node = 1;
    for (int i = 0; i < bits; i++) {
      int bit = (value >>> i) & 1;
      bit(probabilities, node, bit);
      node = node << 1 | bit;
    }
  }

  /** Bits that are as likely 0 as 1. */
  void direct(int value, int bits) {
    for (int i = bits - 1; i >= 0; i--) {
      range >>>= 1;
      low += range & -((value >>> i) & 1) & 0xffffffffL;
      if (range >>> TOP_BITS == 0) {
        range <<= Byte.SIZE;
        shiftLow();
      }
    }
  }

  private void shiftLow() {
    int carry = (int) (low >>> Integer.SIZE);
    if (carry != 0 || low < 0xff000000L) {
      int next = cache;
      do {
        buffer[size++] = (byte) (next + carry);
        next = 0xff;
      } while (--cached != 0);
      cache = (int) (low >>> TOP_BITS) & 0xff;
    }
    cached++;
    low = (low & 0xffffff) << Byte.SIZE;
  }

  /** What a decision costs, in sixteenths of a bit. */
  static int price(int probability, int bit) {
    return PRICES[(probability ^ (-bit & (TOTAL - 1))) >>> REDUCED_BITS];
  }

  /** What bits that are as likely 0 as 1 cost. */
  static int directPrice(int bits) {
    return bits << PRICE_BITS;
  }

  static int treePrice(short[] probabilities, int offset, int bits, int value) {
    int price = 0;
    int node = value | 1 << bits;
    while (node != 1) {
      int bit = node & 1;
      node >>>= 1;
      price += price(probabilities[offset + node], bit);
    }
    return price;
  }

  static int reverseTreePrice(short[] probabilities, int bits, int value) {
    int price = 0;
    int node = 1;
    for (int i = 0; i < bits; i++) {
      int bit = (value >>> i) & 1;
      price += price(probabilities[node], bit);
      node = node << 1 | bit;
    }
    return price;
  }

  /** Minus the logarithm to base 2, for the middle of each step of probabilities. */
  private static int[] prices() {
    var prices = new int[TOTAL >>> REDUCED_BITS];
    for (int i = 0; i < prices.length; i++) {
      double probability = ((i << REDUCED_BITS) + (1 << REDUCED_BITS - 1)) / (double) TOTAL;
      prices[i] = (int) StrictMath.round(-StrictMath.log(probability) / LN2 * (1 << PRICE_BITS));
    }
    return prices;
  }

  private static final double LN2 = 0.6931471805599453;
}
