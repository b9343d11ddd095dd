package dev.coppice.core.gvariant;

/**
 * Where the members of a tuple type lie: each starts at {@code ((base + add) & mask) | or}, where
 * base is the end of the nearest variable-size member before it (0 if there is none).
 *
 * @param offsetsBefore per member, how many stored offsets precede it (variable-size members)
 * @param add per member, bytes to add to the base, rounding included
 * @param mask per member, the mask that rounds down to the strictest alignment since the base
 * @param or per member, the distance from that aligned place
 * @param ending per member, how its end is found
 */
record TupleLayout(int[] offsetsBefore, int[] add, byte[] mask, byte[] or, byte[] ending) {
  /** The member has a fixed size. */
  static final byte FIXED = 0;

  /** The member is the last one: it ends where the offsets begin. */
  static final byte LAST = 1;

  /** An offset is stored for the member. */
  static final byte OFFSET = 2;

  static TupleLayout of(VariantType[] members) {
    int n = members.length;
    var layout = new TupleLayout(new int[n], new int[n], new byte[n], new byte[n], new byte[n]);
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
