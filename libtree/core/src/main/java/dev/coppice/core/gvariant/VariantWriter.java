package dev.coppice.core.gvariant;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Streams one value into its serialised normal form, without a tree of children in between.
 *
 * <p>The type of the whole is given first; then values are put in order, containers between a
 * {@code begin} and {@link #end()}. Every put is checked against the type that belongs there: a
 * mismatch is an {@link IllegalStateException}. Not safe for use by several threads.
 */
public final class VariantWriter {
  private final VariantType root;
  private final boolean bigEndian;
  private final int limit;
  private byte[] buffer;
  private int position;
  private boolean complete;

  // One entry for each open container.
  private VariantType[] containers = new VariantType[8];
  private VariantType[] boxedTypes = new VariantType[8];
  private int[] starts = new int[8];
  private int[] children = new int[8];
  private int[] firstEnds = new int[8];
  private int depth;

  // Ends of variable-size children of all open containers, relative to their container.
  private int[] ends = new int[16];
  private int endCount;

  /** A writer of a little-endian value of this type, with room for {@code expectedSize} bytes. */
  public VariantWriter(VariantType type, int expectedSize) {
    this(type, expectedSize, ByteOrder.LITTLE_ENDIAN, Integer.MAX_VALUE - 16);
  }

  /** A writer of a little-endian value of this type. */
  public VariantWriter(VariantType type) {
    this(type, 64);
  }

  VariantWriter(VariantType type, int expectedSize, ByteOrder order, int limit) {
    this.root = type;
    this.bigEndian = order == ByteOrder.BIG_ENDIAN;
    this.limit = limit;
    this.buffer = new byte[Math.max(16, expectedSize)];
  }

  /** Puts a {@code b}. */
  public VariantWriter putBoolean(boolean value) {
    VariantType type = open('b', 1);
    buffer[position++] = (byte) (value ? 1 : 0);
    return closed(type);
  }

  /** Puts a {@code y}: the low 8 bits of {@code value}. */
  public VariantWriter putByte(int value) {
    VariantType type = open('y', 1);
    buffer[position++] = (byte) value;
    return closed(type);
  }

  /** Puts an {@code n} or {@code q}: the low 16 bits of {@code value}. */
  public VariantWriter putInt16(int value) {
    VariantType type = open('n', 2);
    Numbers.writeShort(buffer, position, (short) value, bigEndian);
    position += 2;
    return closed(type);
  }

  /** Puts an {@code i}, {@code u} or {@code h}: the 32 bits of {@code value}. */
  public VariantWriter putInt32(int value) {
    VariantType type = open('i', 4);
    Numbers.writeInt(buffer, position, value, bigEndian);
    position += 4;
    return closed(type);
  }

  /** Puts an {@code x} or {@code t}: the 64 bits of {@code value}. */
  public VariantWriter putInt64(long value) {
    VariantType type = open('x', 8);
    Numbers.writeLong(buffer, position, value, bigEndian);
    position += 8;
    return closed(type);
  }

  /** Puts a {@code d}, bit for bit. */
  public VariantWriter putDouble(double value) {
    VariantType type = open('d', 8);
    Numbers.writeLong(buffer, position, Double.doubleToRawLongBits(value), bigEndian);
    position += 8;
    return closed(type);
  }

  /**
   * Puts an {@code s}, {@code o} or {@code g}.
   *
   * @throws IllegalArgumentException if the text has a NUL or a lone surrogate, or is not a valid
   *     object path or signature where one belongs
   */
  public VariantWriter putString(String text) {
    int length = text.length();
    VariantType type = open('s', length + 1);
    int start = position;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == 0 || c > 0x7f) {
        return putEncoded(type, VariantStrings.encode(text));
      }
      buffer[start + i] = (byte) c;
    }
    return closeString(type, start, length);
  }

  private VariantWriter putEncoded(VariantType type, byte[] utf8) {
    ensure(utf8.length + 1L);
    System.arraycopy(utf8, 0, buffer, position, utf8.length);
    return closeString(type, position, utf8.length);
  }

  private VariantWriter closeString(VariantType type, int start, int length) {
    buffer[start + length] = 0;
    if (type.kind() != 's' && !VariantStrings.isValid(type.kind(), buffer, start, length + 1)) {
      throw new IllegalArgumentException("not a valid value of type " + type);
    }
    position = start + length + 1;
    return closed(type);
  }

  /** Puts an {@code ay} of exactly these bytes. */
  public VariantWriter putBytes(byte[] bytes) {
    return putBytes(bytes, 0, bytes.length);
  }

  /** Puts an {@code ay} of {@code length} bytes of an array from {@code offset}. */
  public VariantWriter putBytes(byte[] bytes, int offset, int length) {
    VariantType type = expected();
    if (!type.isArray() || type.element().kind() != 'y') {
      throw mismatch(type, "ay");
    }
    ensure(length);
    System.arraycopy(bytes, offset, buffer, position, length);
    position += length;
    return closed(type);
  }

  /** Puts a value of exactly the type that belongs here, in its normal form. */
  public VariantWriter put(Variant value) {
    VariantType type = expected();
    if (!type.equals(value.type())) {
      throw mismatch(type, value.type().toString());
    }
    NormalForm.append(value, this);
    return this;
  }

  /** Opens the array that belongs here. */
  public VariantWriter beginArray() {
    return begin('a', null);
  }

  /** Opens the tuple that belongs here. */
  public VariantWriter beginTuple() {
    return begin('(', null);
  }

  /** Opens the dictionary entry that belongs here. */
  public VariantWriter beginDictEntry() {
    return begin('{', null);
  }

  /** Opens the maybe that belongs here: put one value for "just", none for "nothing". */
  public VariantWriter beginMaybe() {
    return begin('m', null);
  }

  /** Opens the variant that belongs here, to hold one value of this type. */
  public VariantWriter beginVariant(VariantType boxed) {
    return begin('v', boxed);
  }

  /** Closes the container that was opened last. */
  public VariantWriter end() {
    if (depth == 0) {
      throw new IllegalStateException("no container is open");
    }
    int frame = depth - 1;
    VariantType type = containers[frame];
    switch (type.kind()) {
      case 'a' -> writeEnds(false);
      case 'm' -> endMaybe(type.element());
      case 'v' -> endVariant();
      default -> endTuple(type);
    }
    endCount = firstEnds[frame];
    depth = frame;
    return closed(type);
  }

  /** The finished value. */
  public Variant toVariant() {
    return Variant.normal(
        root, toByteArray(), bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  /** The finished bytes. */
  public byte[] toByteArray() {
    if (!complete) {
      throw new IllegalStateException("the value of type " + root + " is not complete");
    }
    return position == buffer.length ? buffer : Arrays.copyOf(buffer, position);
  }

  boolean bigEndian() {
    return bigEndian;
  }

  /** Puts a value of the type that belongs here whose normal bytes are already known. */
  void putSerialised(byte[] bytes, int offset, int length) {
    VariantType type = expected();
    pad(type.alignment());
    ensure(length);
    System.arraycopy(bytes, offset, buffer, position, length);
    position += length;
    closed(type);
  }

  /** Puts the default value of the fixed-size type that belongs here: all zero. */
  void putZeros() {
    VariantType type = expected();
    pad(type.alignment());
    ensure(type.fixedSize());
    Arrays.fill(buffer, position, position + type.fixedSize(), (byte) 0);
    position += type.fixedSize();
    closed(type);
  }

  /** Type of the value that belongs here. */
  private VariantType expected() {
    if (depth == 0) {
      if (complete) {
        throw new IllegalStateException("the value of type " + root + " is complete");
      }
      return root;
    }
    int frame = depth - 1;
    VariantType container = containers[frame];
    int index = children[frame];
    return switch (container.kind()) {
      case 'a' -> container.element();
      case 'v', 'm' -> {
        if (index > 0) {
          throw new IllegalStateException("a value of type " + container + " holds one child");
        }
        yield container.isVariant() ? boxedTypes[frame] : container.element();
      }
      default -> {
        if (index == container.memberCount()) {
          throw new IllegalStateException("the tuple of type " + container + " is full");
        }
        yield container.member(index);
      }
    };
  }

  private VariantType open(char kind, int size) {
    VariantType type = expected();
    if (!sameForm(type.kind(), kind)) {
      throw mismatch(type, String.valueOf(kind));
    }
    pad(type.alignment());
    ensure(size);
    return type;
  }

  private static boolean sameForm(char actual, char put) {
    return actual == put
        || switch (put) {
          case 'n' -> actual == 'q';
          case 'i' -> actual == 'u' || actual == 'h';
          case 'x' -> actual == 't';
          case 's' -> actual == 'o' || actual == 'g';
          default -> false;
        };
  }

  private VariantWriter begin(char kind, @Nullable VariantType boxed) {
    VariantType type = expected();
    if (type.kind() != kind) {
      throw mismatch(type, String.valueOf(kind));
    }
    pad(type.alignment());
    if (depth == containers.length) {
      growFrames();
    }
    containers[depth] = type;
    boxedTypes[depth] = boxed == null ? type : boxed;
    starts[depth] = position;
    children[depth] = 0;
    firstEnds[depth] = endCount;
    depth++;
    return this;
  }

  /** Notes that a child of this type ends at the current position. */
  private VariantWriter closed(VariantType type) {
    if (depth == 0) {
      complete = true;
      return this;
    }
    int frame = depth - 1;
    int index = children[frame]++;
    if (!type.isFixedSize() && needsEnd(containers[frame], index)) {
      if (endCount == ends.length) {
        ends = Arrays.copyOf(ends, endCount * 2);
      }
      ends[endCount++] = position - starts[frame];
    }
    return this;
  }

  private static boolean needsEnd(VariantType container, int index) {
    return switch (container.kind()) {
      case 'a' -> true;
      case '(', '{' -> index < container.memberCount() - 1;
      default -> false;
    };
  }

  private void endMaybe(VariantType element) {
    if (children[depth - 1] == 1 && !element.isFixedSize()) {
      ensure(1);
      buffer[position++] = 0; // tells "just an empty value" from "nothing"
    }
  }

  private void endVariant() {
    if (children[depth - 1] == 0) {
      throw new IllegalStateException("a variant holds one value");
    }
    String type = boxedTypes[depth - 1].toString();
    ensure(type.length() + 1);
    buffer[position++] = 0;
    for (int i = 0; i < type.length(); i++) {
      buffer[position++] = (byte) type.charAt(i);
    }
  }

  private void endTuple(VariantType type) {
    if (children[depth - 1] != type.memberCount()) {
      throw new IllegalStateException("a member of the tuple of type " + type + " is missing");
    }
    if (type.memberCount() == 0) {
      ensure(1);
      buffer[position++] = 0;
    } else if (type.isFixedSize()) {
      pad(type.alignment());
    } else {
      writeEnds(true);
    }
  }

  private void writeEnds(boolean backwards) {
    int first = firstEnds[depth - 1];
    int count = endCount - first;
    if (count == 0) {
      return;
    }
    int size = Framing.offsetSize((long) position - starts[depth - 1], count);
    ensure((long) size * count);
    for (int i = 0; i < count; i++) {
      int end = ends[backwards ? endCount - 1 - i : first + i];
      Framing.writeOffset(buffer, position, size, end);
      position += size;
    }
  }

  private void pad(int alignment) {
    int aligned = Framing.align(position, alignment);
    if (aligned != position) {
      ensure(aligned - position);
      Arrays.fill(buffer, position, aligned, (byte) 0);
      position = aligned;
    }
  }

  private void ensure(long more) {
    long needed = position + more;
    if (needed > buffer.length) {
      if (needed > limit) {
        throw new VariantSizeException(root, limit);
      }
      buffer = Arrays.copyOf(buffer, (int) Math.min(limit, Math.max(needed, buffer.length * 2L)));
    }
  }

  private void growFrames() {
    int size = depth * 2;
    containers = Arrays.copyOf(containers, size);
    boxedTypes = Arrays.copyOf(boxedTypes, size);
    starts = Arrays.copyOf(starts, size);
    children = Arrays.copyOf(children, size);
    firstEnds = Arrays.copyOf(firstEnds, size);
  }

  private static IllegalStateException mismatch(VariantType expected, String put) {
    return new IllegalStateException("type " + expected + " belongs here, not " + put);
  }
}
