package dev.coppice.core.gvariant;

/**
 * Where the members of a tuple type lie: each starts at {@code ((base + add) & mask) | or}, where
 * base is the end of the nearest variable-size member before it (0 if there is none).
 */
final class TupleLayout {
  /** The member has a fixed size. */
  static final byte FIXED = 0;

  /** The member is the last one: it ends where the offsets begin. */
  static final byte LAST = 1;

  /** An offset is stored for the member. */
  static final byte OFFSET = 2;

  /** Per member, how many variable-size members precede it, whose ends are stored. */
  private final int[] offsetsBefore;

  /** Per member, bytes to add to the base, rounding included. */
  private final int[] add;

  /** Per member, the mask that rounds down to the strictest alignment since the base. */
  private final byte[] mask;

  /** Per member, the distance from that aligned place. */
  private final byte[] or;

  private final byte[] ending;

  private TupleLayout(int members) {
    this.offsetsBefore = new int[members];
    this.add = new int[members];
    this.mask = new byte[members];
    this.or = new byte[members];
    this.ending = new byte[members];
  }

  int offsetsBefore(int member) {
    return offsetsBefore[member];
  }

  /** How the end of the member is found: {@link #FIXED}, {@link #LAST} or {@link #OFFSET}. */
  byte ending(int member) {
    return ending[member];
  }

  /** Start of the member within the tuple, for the end of the variable-size member before it. */
  long startFrom(long base, int member) {
    return ((base + add[member]) & mask[member]) | or[member];
  }

  static TupleLayout of(VariantType[] members) {
    int n = members.length;
    var layout = new TupleLayout(n);
    int offsets = 0;
    int base = 0; // aligned distance from the last variable end
    int roundTo = 1; // strictest alignment since then
    int beyond = 0; // distance from the place aligned to it
    for (int i = 0; i < n; i++) {
      VariantType member = members[i];
      if (member.alignment() <= roundTo) {
        beyond = Framing.align(beyond, member.alignment());
      } else {
        base += Framing.align(beyond, roundTo);
        roundTo = member.alignment();
        beyond = 0;
      }
      int low = roundTo - 1;
      layout.offsetsBefore[i] = offsets;
      layout.add[i] = base + (beyond & ~low) + low;
      layout.mask[i] = (byte) ~low;
      layout.or[i] = (byte) (beyond & low);
      if (member.isFixedSize()) {
        layout.ending[i] = FIXED;
        beyond += member.fixedSize();
      } else {
        layout.ending[i] = i == n - 1 ? LAST : OFFSET;
        offsets++;
        base = 0;
        roundTo = 1;
        beyond = 0;
      }
    }
    return layout;
  }
}
