package dev.coppice.core.gvariant;

/**
 * A cursor over the members of serialised tuples (or dictionary entries) of one type in a byte
 * array: {@link #at} a tuple, then {@link #select} a member, then its {@link #start} and {@link
 * #end}.
 *
 * <p>Broken framing is answered as GLib answers it: a member whose bounds make no sense, or that
 * follows one of those, is missing, which means that it has the default value of its type. Not safe
 * for use by several threads.
 */
public final class TupleFraming {
  /** For {@link #remember}: nothing is known yet. */
  static final int UNKNOWN = -1;

  private static final long NOWHERE = Long.MAX_VALUE;

  private final byte[] data;
  private final VariantType type;
  private final TupleLayout layout;
  private int offset;
  private int length;
  private int offsetSize;
  private int ordered;
  private int start;
  private int end;

  /** A cursor for tuples of this type in {@code data}; it stands at no tuple yet. */
  public TupleFraming(VariantType tuple, byte[] data) {
    this.data = data;
    this.type = tuple;
    this.layout = tuple.layout();
  }

  /** Moves to the tuple that fills {@code length} bytes from {@code offset}. */
  public TupleFraming at(int offset, int length) {
    this.offset = offset;
    this.length = length;
    this.offsetSize = Framing.offsetSize(length);
    this.ordered = UNKNOWN;
    this.start = offset;
    this.end = offset;
    return this;
  }

  /**
   * Moves to member {@code index} of the current tuple.
   *
   * @return false if the member is missing (or empty): then {@link #start} equals {@link #end}
   * @throws IndexOutOfBoundsException if the type has no such member
   */
  public boolean select(int index) {
    start = offset;
    end = offset;
    if (index < 0 || index >= type.memberCount()) {
      throw new IndexOutOfBoundsException("member " + index + " of " + type.memberCount());
    }
    if ((type.isFixedSize() && length != type.fixedSize())
        || (index > 0 && index > orderedUpTo())) {
      return false;
    }
    int before = layout.offsetsBefore(index);
    int needed = layout.ending(index) == TupleLayout.OFFSET ? before + 1 : before;
    if ((long) offsetSize * needed > length) {
      return false;
    }
    long from = startOf(index);
    long to = endOf(index);
    if (from >= to || to > length || to > endOf(type.memberCount() - 1)) {
      return false;
    }
    start = offset + (int) from;
    end = offset + (int) to;
    return true;
  }

  /** What was found out about the order of offsets, to be given to {@link #remember}. */
  int ordered() {
    return ordered;
  }

  /** Takes what another cursor has found out about the place where this one stands. */
  void remember(int known) {
    ordered = known;
  }

  /** First byte of the selected member in the byte array. */
  public int start() {
    return start;
  }

  /** One past the last byte of the selected member in the byte array. */
  public int end() {
    return end;
  }

  private long startOf(int index) {
    int before = layout.offsetsBefore(index);
    long base = before > 0 ? storedOffset(before) : 0;
    if (base == NOWHERE) {
      base = 0; // as GLib: an offset that cannot be read counts as 0
    }
    return layout.startFrom(base, index);
  }

  private long endOf(int index) {
    int before = layout.offsetsBefore(index);
    return switch (layout.ending(index)) {
      case TupleLayout.FIXED -> startOf(index) + type.member(index).fixedSize();
      case TupleLayout.LAST -> {
        long table = (long) offsetSize * before;
        yield table <= length ? length - table : NOWHERE;
      }
      default -> storedOffset(before + 1);
    };
  }

  /** The stored offset number {@code number}, counted from 1 at the end of the tuple. */
  private long storedOffset(int number) {
    long back = (long) offsetSize * number;
    return back <= length
        ? Framing.readOffset(data, offset + length - (int) back, offsetSize)
        : NOWHERE;
  }

  /** Last member up to which none overlaps its predecessor or leaves the tuple. */
  private int orderedUpTo() {
    if (ordered == UNKNOWN) {
      ordered = findOrdered();
    }
    return ordered;
  }

  private int findOrdered() {
    long previousEnd = 0;
    for (int i = 0; i < type.memberCount(); i++) {
      long from = startOf(i);
      long to = endOf(i);
      if (from > to || from < previousEnd || to > length) {
        // GLib's counter wraps at member 0, which switches its check off; members still have to
        // lie inside the tuple.
        return i == 0 ? Integer.MAX_VALUE : i - 1;
      }
      previousEnd = to;
    }
    return Integer.MAX_VALUE;
  }
}
