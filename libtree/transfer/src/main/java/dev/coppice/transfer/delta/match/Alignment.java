package dev.coppice.transfer.delta.match;

/**
 * One way to go on: the next bytes as differences from old bytes at a fixed distance, or as they
 * are. With it goes what the cheapest cut of the content so far costs that ends in this way.
 *
 * <p>Prices are in tenths of a bit of what a byte costs after xz, as measured on kernel modules,
 * libraries and executables of two Debian releases. Equal bytes are not free, since each differing
 * byte between them costs a new match; a difference seen before costs little, since addresses that
 * move together differ by the same; one that stands at the same place of the record before costs
 * next to nothing.
 */
final class Alignment {
  /** The shift of content that is sent as it is. */
  static final int LITERAL = Integer.MIN_VALUE;

  static final int LITERAL_PRICE = 45;
  static final int EQUAL_PRICE = 8;
  private static final int PERIODIC_PRICE = 12;
  private static final int REPEATED_PRICE = 40;
  private static final int DIFFERENT_PRICE = 90;

  /** What a byte costs where there is no old one: never chosen. */
  private static final int OUTSIDE_PRICE = 100_000;

  /** Bytes of the records in which ELF files hold relocations. */
  private static final int PERIOD = 24;

  private static final int LOW_BITS = 0x01010101;
  private static final int HIGH_BITS = 0x80808080;

  /** Distance from a new byte to its old one, or {@link #LITERAL}. */
  final int shift;

  /** Price of all bytes before the present position. */
  long cost;

  /** Where the segment begins, in the new content. */
  int start;

  /** The segment before it, in the {@link Trail}. */
  int before = Trail.NONE;

  /** This segment in the trail, or {@link Trail#NONE} as long as nothing follows it there. */
  int node = Trail.NONE;

  /** Until this position the alignment stays, however bad it looks. */
  int probation;

  /** The last four differences, one in each byte. */
  private int recent;

  Alignment(int shift) {
    this.shift = shift;
  }

  boolean isLiteral() {
    return shift == LITERAL;
  }

  /** Makes this the continuation, from a position on, of another segment. */
  void begin(int at, int parent, long price) {
    start = at;
    before = parent;
    node = Trail.NONE;
    cost = price;
  }

  /** What the byte at a position costs as a difference. Called for neighbours one after another. */
  int price(byte[] old, byte[] fresh, int at) {
    int oldAt = at + shift;
    if (oldAt < 0 || oldAt >= old.length) {
      return OUTSIDE_PRICE;
    }
    int difference = (fresh[at] - old[oldAt]) & 0xff;
    if (difference == 0) {
      return EQUAL_PRICE;
    }
    if (at >= PERIOD
        && oldAt >= PERIOD
        && ((fresh[at - PERIOD] - old[oldAt - PERIOD]) & 0xff) == difference) {
      return PERIODIC_PRICE;
    }
    int unlike = recent ^ (difference * LOW_BITS);
    if (((unlike - LOW_BITS) & ~unlike & HIGH_BITS) != 0) { // one of the four bytes is zero
      return REPEATED_PRICE;
    }
    recent = recent << Byte.SIZE | difference;
    return DIFFERENT_PRICE;
  }
}
