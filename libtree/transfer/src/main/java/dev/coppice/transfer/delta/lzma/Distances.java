package dev.coppice.transfer.delta.lzma;

/** The coder of a match's distance, which depends on short lengths, with what distances cost. */
final class Distances {
  private static final int STATES = 4;
  private static final int SLOT_BITS = 6;
  private static final int SLOTS = 1 << SLOT_BITS;

  /** Slots below this are the distance itself. */
  private static final int FIRST_FOOTER = 4;

  /** From this slot on most bits are coded as they are. */
  private static final int FIRST_DIRECT = 14;

  /** Distances below this have prices of their own. */
  private static final int NEAR = 1 << (FIRST_DIRECT >> 1);

  private static final int ALIGN_BITS = 4;
  private static final int ALIGN = 1 << ALIGN_BITS;

  /** Distances that are coded until prices are computed anew. */
  private static final int RENEWED = 96;

  private final short[] slots = new short[STATES * SLOTS];
  private final short[][] footers = new short[FIRST_DIRECT][];
  private final short[] align = new short[ALIGN];
  private final int[] slotPrices = new int[STATES * SLOTS];
  private final int[] nearPrices = new int[STATES * NEAR];
  private final int[] alignPrices = new int[ALIGN];
  private int coded;

  Distances() {
    for (int slot = FIRST_FOOTER; slot < FIRST_DIRECT; slot++) {
      footers[slot] = new short[1 << footerBits(slot)];
    }
  }

  void reset() {
    RangeEncoder.clear(slots);
    RangeEncoder.clear(align);
    for (int slot = FIRST_FOOTER; slot < FIRST_DIRECT; slot++) {
      RangeEncoder.clear(footers[slot]);
    }
    coded = 0;
    renew();
  }

  /** Which tree of slots serves a length. */
  static int state(int length) {
    return Math.min(length - Lengths.LEAST, STATES - 1);
  }

  private static int slot(int distance) {
    if (distance < FIRST_FOOTER) {
      return distance;
    }
    int bits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(distance);
    return bits << 1 | (distance >>> bits - 1) & 1;
  }

  private static int footerBits(int slot) {
    return (slot >> 1) - 1;
  }

  private static int base(int slot) {
    return (2 | slot & 1) << footerBits(slot);
  }

  /**
   * Codes a distance.
   *
   * @param distance 0 for the byte before
   */
  void encode(RangeEncoder out, int distance, int length) {
    int slot = slot(distance);
    out.tree(slots, state(length) * SLOTS, SLOT_BITS, slot);
    if (slot >= FIRST_FOOTER) {
      int bits = footerBits(slot);
      int rest = distance - base(slot);
      if (slot < FIRST_DIRECT) {
        out.reverseTree(footers[slot], bits, rest);
      } else {
        out.direct(rest >>> ALIGN_BITS, bits - ALIGN_BITS);
        out.reverseTree(align, ALIGN_BITS, rest & ALIGN - 1);
      }
    }
    if (++coded == RENEWED) {
      coded = 0;
      renew();
    }
  }

  /** What a distance costs with lengths of a {@link #state}. */
  int price(int distance, int state) {
    return distance < NEAR
        ? nearPrices[state * NEAR + distance]
        : slotPrices[state * SLOTS + slot(distance)] + alignPrices[distance & ALIGN - 1];
  }

  private void renew() {
    for (int state = 0; state < STATES; state++) {
      for (int slot = 0; slot < SLOTS; slot++) {
        int price = RangeEncoder.treePrice(slots, state * SLOTS, SLOT_BITS, slot);
        int direct = slot < FIRST_DIRECT ? 0 : footerBits(slot) - ALIGN_BITS;
        slotPrices[state * SLOTS + slot] = price + RangeEncoder.directPrice(direct);
      }
    }
    for (int distance = 0; distance < NEAR; distance++) {
      int slot = slot(distance);
      int footer =
          slot < FIRST_FOOTER
              ? 0
              : RangeEncoder.reverseTreePrice(
                  footers[slot], footerBits(slot), distance - base(slot));
      for (int state = 0; state < STATES; state++) {
        nearPrices[state * NEAR + distance] = slotPrices[state * SLOTS + slot] + footer;
      }
    }
    for (int i = 0; i < ALIGN; i++) {
      alignPrices[i] = RangeEncoder.reverseTreePrice(align, ALIGN_BITS, i);
    }
  }
}
