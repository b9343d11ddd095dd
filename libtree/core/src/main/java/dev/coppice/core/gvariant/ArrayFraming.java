package dev.coppice.core.gvariant;

/**
 * A cursor over the elements of serialised arrays in a byte array, without a {@link Variant} for
 * each: {@link #at} an array, then {@link #select} an element, then its {@link #start} and {@link
 * #end}.
 *
 * <p>Broken framing is answered as GLib answers it: an array whose offsets make no sense is empty,
 * and an element whose offsets do is missing, which means that it has the default value of its
 * type. Not safe for use by several threads.
 */
public final class ArrayFraming {
  /** For {@link #remember}: nothing is known yet. */
  static final int UNKNOWN = -1;

  private final byte[] data;
  private final int elementSize;
  private final int alignment;
  private int offset;
  private int body;
  private int offsetSize;
  private int count;
  private int ordered;
  private int start;
  private int end;

  /** A cursor for arrays with this element type in {@code data}; it stands at no array yet. */
  public ArrayFraming(VariantType element, byte[] data) {
    this.data = data;
    this.elementSize = element.fixedSize();
    this.alignment = element.alignment();
  }

  /** Moves to the array that fills {@code length} bytes from {@code offset}. */
  public ArrayFraming at(int offset, int length) {
    this.offset = offset;
    this.start = offset;
    this.end = offset;
    this.body = 0;
    this.count = 0;
    this.ordered = UNKNOWN;
    if (elementSize != 0) {
      count = length % elementSize == 0 ? length / elementSize : 0;
    } else if (length > 0) {
      offsetSize = Framing.offsetSize(length);
      long lastEnd = Framing.readOffset(data, offset + length - offsetSize, offsetSize);
      if (lastEnd <= length && (length - lastEnd) % offsetSize == 0) {
        body = (int) lastEnd;
        count = (length - body) / offsetSize;
      }
    }
    return this;
  }

  /** Number of elements of the current array. */
  public int count() {
    return count;
  }

  /**
   * Moves to element {@code index} of the current array.
   *
   * @return false if the element is missing (or empty): then {@link #start} equals {@link #end}
   * @throws IndexOutOfBoundsException unless 0 &lt;= index &lt; {@link #count}
   */
  public boolean select(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException("element " + index + " of " + count);
    }
    if (elementSize != 0) {
      start = offset + index * elementSize;
      end = start + elementSize;
      return true;
    }
    start = offset;
    end = offset;
    if (index > 0 && index > orderedUpTo()) {
      return false;
    }
    long from = index == 0 ? 0 : Framing.align(endOf(index - 1), alignment);
    long to = endOf(index);
    if (from >= to || to > body) {
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

  /** First byte of the selected element in the byte array. */
  public int start() {
    return start;
  }

  /** One past the last byte of the selected element in the byte array. */
  public int end() {
    return end;
  }

  /** Whether the stored offsets are as short as GLib would have written them. */
  boolean minimalOffsets() {
    return Framing.offsetSize(body, count) == offsetSize;
  }

  int bodySize() {
    return body;
  }

  long endOf(int index) {
    return Framing.readOffset(data, offset + body + index * offsetSize, offsetSize);
  }

  /** Last index up to which the ends never decrease: no element behind it can be trusted. */
  private int orderedUpTo() {
    if (ordered == UNKNOWN) {
      int index = 1;
      long previous = endOf(0);
      while (index < count) {
        long next = endOf(index);
        if (next < previous) {
          break;
        }
        previous = next;
        index++;
      }
      ordered = index - 1;
    }
    return ordered;
  }
}
