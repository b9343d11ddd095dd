package dev.coppice.transfer.delta.lzma;

/** The coder of a match's length, from 2 to 273 bytes, with what each length costs. */
final class Lengths {
  static final int LEAST = 2;
  static final int MOST = 273;

  private static final int SHORT_BITS = 3;
  private static final int SHORT = 1 << SHORT_BITS;
  private static final int LONG_BITS = 8;

  /** Lengths that are coded until prices are computed anew. */
  private static final int RENEWED = 128;

  private final short[] choice = new short[2];
  private final short[] low = new short[Model.POSITIONS * SHORT];
  private final short[] middle = new short[Model.POSITIONS * SHORT];
  private final short[] high = new short[1 << LONG_BITS];

  /** By the position's low bits, then by length. */
  private final int[][] prices = new int[Model.POSITIONS][MOST + 1];

  private int coded;

  void reset() {
    RangeEncoder.clear(choice);
    RangeEncoder.clear(low);
    RangeEncoder.clear(middle);
    RangeEncoder.clear(high);
    coded = 0;
    renew();
  }

  /** What lengths cost at a position. */
  int[] prices(int position) {
    return prices[position];
  }

  void encode(RangeEncoder out, int length, int position) {
    int value = length - LEAST;
    if (value < SHORT) {
      out.bit(choice, 0, 0);
      out.tree(low, position * SHORT, SHORT_BITS, value);
    } else if (value < 2 * SHORT) {
      out.bit(choice, 0, 1);
      out.bit(choice, 1, 0);
      out.tree(middle, position * SHORT, SHORT_BITS, value - SHORT);
    } else {
      out.bit(choice, 0, 1);
      out.bit(choice, 1, 1);
      out.tree(high, 0, LONG_BITS, value - 2 * SHORT);
    }
    if (++coded == RENEWED) {
      coded = 0;
      renew();
    }
  }

  private void renew() {
    int first = RangeEncoder.price(choice[0], 0);
    int notFirst = RangeEncoder.price(choice[0], 1);
    int second = notFirst + RangeEncoder.price(choice[1], 0);
    int third = notFirst + RangeEncoder.price(choice[1], 1);
    for (int position = 0; position < Model.POSITIONS; position++) {
      int[] to = prices[position];
      int offset = position * SHORT;
      for (int i = 0; i < SHORT; i++) {
        to[LEAST + i] = first + RangeEncoder.treePrice(low, offset, SHORT_BITS, i);
        to[LEAST + SHORT + i] = second + RangeEncoder.treePrice(middle, offset, SHORT_BITS, i);
      }
    }
    int[] to = prices[0];
    for (int i = 0; i < 1 << LONG_BITS; i++) {
      to[LEAST + 2 * SHORT + i] = third + RangeEncoder.treePrice(high, 0, LONG_BITS, i);
    }
    for (int position = 1; position < Model.POSITIONS; position++) {
      int from = LEAST + 2 * SHORT;
      System.arraycopy(to, from, prices[position], from, 1 << LONG_BITS);
    }
  }
}
