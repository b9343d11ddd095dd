package dev.coppice.transfer.delta.lzma;

/**
 * What the encoder has learned, and how symbols are coded with it. Distances count from 0, the byte
 * before; a position is given by its low bits.
 */
final class Model {
  /** Bits of the previous byte, of the position for literals, of the position for the rest. */
  private static final int LC = 3;

  private static final int PB = 2;

  /** How these three are stated in a chunk: {@code (pb * 5 + lp) * 9 + lc}. */
  static final int PROPERTIES = PB * 5 * 9 + LC;

  static final int POSITIONS = 1 << PB;
  static final int REPS = 4;

  private static final int STATES = 12;

  /** States below this mean that the last symbol was a literal. */
  static final int LITERAL_STATES = 7;

  private static final int LITERAL_SIZE = 0x300;

  private final short[] isMatch = new short[STATES * POSITIONS];
  private final short[] isRep = new short[STATES];
  private final short[] isRep0 = new short[STATES];
  private final short[] isRep1 = new short[STATES];
  private final short[] isRep2 = new short[STATES];
  private final short[] isLong = new short[STATES * POSITIONS];
  private final short[] literals = new short[LITERAL_SIZE << LC];
  final Lengths matchLengths = new Lengths();
  final Lengths repLengths = new Lengths();
  final Distances distances = new Distances();

  int state;
  final int[] reps = new int[REPS];

  Model() {
    reset();
  }

  void reset() {
    RangeEncoder.clear(isMatch);
    RangeEncoder.clear(isRep);
    RangeEncoder.clear(isRep0);
    RangeEncoder.clear(isRep1);
    RangeEncoder.clear(isRep2);
    RangeEncoder.clear(isLong);
    RangeEncoder.clear(literals);
    matchLengths.reset();
    repLengths.reset();
    distances.reset();
    state = 0;
    java.util.Arrays.fill(reps, 0);
  }

  static int position(long at) {
    return (int) at & POSITIONS - 1;
  }

  static int afterLiteral(int state) {
    return state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  static int afterMatch(int state) {
    return state < LITERAL_STATES ? 7 : 10;
  }

  static int afterRep(int state) {
    return state < LITERAL_STATES ? 8 : 11;
  }

  static int afterShortRep(int state) {
    return state < LITERAL_STATES ? 9 : 11;
  }

  /**
   * Codes a literal.
   *
   * @param before the byte before it
   * @param matched the byte at the last distance
   */
  void literal(RangeEncoder out, int value, int before, int matched, int position) {
    out.bit(isMatch, state * POSITIONS + position, 0);
    int offset = literalOffset(before);
    if (state < LITERAL_STATES) {
      out.tree(literals, offset, Byte.SIZE, value);
    } else {
      int symbol = value | 0x100;
      int match = matched;
      int mask = 0x100;
      do {
        match <<= 1;
        out.bit(literals, offset + mask + (match & mask) + (symbol >>> 8), (symbol >>> 7) & 1);
        symbol <<= 1;
        mask &= ~(match ^ symbol);
      } while (symbol < 0x10000);
    }
    state = afterLiteral(state);
  }

  private static int literalOffset(int before) {
    return (before >>> Byte.SIZE - LC) * LITERAL_SIZE;
  }

  /** Codes a match at a distance that is stated. */
  void match(RangeEncoder out, int distance, int length, int position) {
    out.bit(isMatch, state * POSITIONS + position, 1);
    out.bit(isRep, state, 0);
    matchLengths.encode(out, length, position);
    distances.encode(out, distance, length);
    reps[3] = reps[2];
    reps[2] = reps[1];
    reps[1] = reps[0];
    reps[0] = distance;
    state = afterMatch(state);
  }

  /** Codes a match at one of the last distances; of one byte only at the very last. */
  void rep(RangeEncoder out, int rep, int length, int position) {
    out.bit(isMatch, state * POSITIONS + position, 1);
    out.bit(isRep, state, 1);
    if (rep == 0) {
      out.bit(isRep0, state, 0);
      out.bit(isLong, state * POSITIONS + position, length == 1 ? 0 : 1);
    } else {
      out.bit(isRep0, state, 1);
      out.bit(isRep1, state, rep == 1 ? 0 : 1);
      if (rep > 1) {
        out.bit(isRep2, state, rep - 2);
      }
      int distance = reps[rep];
      System.arraycopy(reps, 0, reps, 1, rep);
      reps[0] = distance;
    }
    if (length == 1) {
      state = afterShortRep(state);
    } else {
      repLengths.encode(out, length, position);
      state = afterRep(state);
    }
  }

  int literalPrice(int state, int value, int before, int matched, int position) {
    int price = RangeEncoder.price(isMatch[state * POSITIONS + position], 0);
    int offset = literalOffset(before);
    if (state < LITERAL_STATES) {
      return price + RangeEncoder.treePrice(literals, offset, Byte.SIZE, value);
    }
    int symbol = value | 0x100;
    int match = matched;
    int mask = 0x100;
    do {
      match <<= 1;
      price +=
          RangeEncoder.price(
              literals[offset + mask + (match & mask) + (symbol >>> 8)], (symbol >>> 7) & 1);
      symbol <<= 1;
      mask &= ~(match ^ symbol);
    } while (symbol < 0x10000);
    return price;
  }

  int anyMatchPrice(int state, int position) {
    return RangeEncoder.price(isMatch[state * POSITIONS + position], 1);
  }

  /** What it costs to say that a match has a distance of its own. */
  int matchPrice(int state, int position) {
    return anyMatchPrice(state, position) + RangeEncoder.price(isRep[state], 0);
  }

  int shortRepPrice(int state, int position) {
    return anyMatchPrice(state, position)
        + RangeEncoder.price(isRep[state], 1)
        + RangeEncoder.price(isRep0[state], 0)
        + RangeEncoder.price(isLong[state * POSITIONS + position], 0);
  }

  /** What it costs to say which of the last distances a longer match has. */
  int repPrice(int rep, int state, int position) {
    int price = anyMatchPrice(state, position) + RangeEncoder.price(isRep[state], 1);
    if (rep == 0) {
      return price
          + RangeEncoder.price(isRep0[state], 0)
          + RangeEncoder.price(isLong[state * POSITIONS + position], 1);
    }
    price += RangeEncoder.price(isRep0[state], 1);
    if (rep == 1) {
      return price + RangeEncoder.price(isRep1[state], 0);
    }
    return price
        + RangeEncoder.price(isRep1[state], 1)
        + RangeEncoder.price(isRep2[state], rep - 2);
  }
}
