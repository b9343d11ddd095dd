package dev.coppice.core.gvariant;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A GVariant value: a type and a slice of serialised bytes, navigated in place.
 *
 * <p>Immutable and safe for use by several threads, as long as nobody changes the byte array that
 * it was made of: no copy is taken. Any bytes are accepted. Where they are not in normal form the
 * value is the one that GLib defines: a missing or broken child has the default value of its type
 * (zero, false, the empty string, "/", an empty container), a broken box holds {@code ()}.
 *
 * <p>Asking for what the type does not have ({@link #asString} of a number, a child out of range)
 * is a mistake of the caller, answered by {@link IllegalStateException} or {@link
 * IndexOutOfBoundsException}: check {@link #type} first where the type comes from outside.
 */
public final class Variant {
  private static final byte[] NO_BYTES = {};

  private static final byte UNKNOWN = 0;
  private static final byte NORMAL = 1;
  private static final byte NOT_NORMAL = 2;

  private final VariantType type;
  private final byte[] data;
  private final int offset;
  private final int length;
  private final boolean bigEndian;
  private final int depth;
  private byte normality;

  /** What is known of the order of offsets, so that access by index checks them once. */
  private int ordered = ArrayFraming.UNKNOWN;

  private Variant(VariantType type, byte[] data, int offset, int length, boolean big, int depth) {
    // A fixed-size value of the wrong size is read as zeros; no bytes stand for that.
    boolean missing = type.isFixedSize() && length != type.fixedSize();
    this.type = type;
    this.data = missing ? NO_BYTES : data;
    this.offset = missing ? 0 : offset;
    this.length = missing ? 0 : length;
    this.bigEndian = big;
    this.depth = depth;
  }

  /** The value of all the bytes, little-endian. */
  public static Variant of(VariantType type, byte[] data) {
    return of(type, data, ByteOrder.LITTLE_ENDIAN);
  }

  /** The value of all the bytes, with numbers in this byte order. */
  public static Variant of(VariantType type, byte[] data, ByteOrder order) {
    return new Variant(type, data, 0, data.length, order == ByteOrder.BIG_ENDIAN, 0);
  }

  /** The value of {@code length} bytes from {@code offset}, little-endian. */
  public static Variant of(VariantType type, byte[] data, int offset, int length) {
    return of(type, data, offset, length, ByteOrder.LITTLE_ENDIAN);
  }

  /** The value of {@code length} bytes from {@code offset}, with numbers in this byte order. */
  public static Variant of(VariantType type, byte[] data, int offset, int length, ByteOrder order) {
    Objects.checkFromIndexSize(offset, length, data.length);
    return new Variant(type, data, offset, length, order == ByteOrder.BIG_ENDIAN, 0);
  }

  static Variant normal(VariantType type, byte[] data, ByteOrder order) {
    Variant value = of(type, data, order);
    value.normality = NORMAL;
    return value;
  }

  public static Variant ofBoolean(boolean value) {
    return new VariantWriter(VariantType.BOOLEAN, 1).putBoolean(value).toVariant();
  }

  /** A {@code y} of the low 8 bits. */
  public static Variant ofByte(int value) {
    return new VariantWriter(VariantType.BYTE, 1).putByte(value).toVariant();
  }

  /** An {@code n} of the low 16 bits. */
  public static Variant ofInt16(int value) {
    return new VariantWriter(VariantType.INT16, 2).putInt16(value).toVariant();
  }

  /** A {@code q} of the low 16 bits. */
  public static Variant ofUint16(int value) {
    return new VariantWriter(VariantType.UINT16, 2).putInt16(value).toVariant();
  }

  public static Variant ofInt32(int value) {
    return new VariantWriter(VariantType.INT32, 4).putInt32(value).toVariant();
  }

  /** A {@code u} of the low 32 bits. */
  public static Variant ofUint32(long value) {
    return new VariantWriter(VariantType.UINT32, 4).putInt32((int) value).toVariant();
  }

  public static Variant ofInt64(long value) {
    return new VariantWriter(VariantType.INT64, 8).putInt64(value).toVariant();
  }

  /** A {@code t} of these 64 bits, read as unsigned. */
  public static Variant ofUint64(long value) {
    return new VariantWriter(VariantType.UINT64, 8).putInt64(value).toVariant();
  }

  /** An {@code h}. */
  public static Variant ofHandle(int value) {
    return new VariantWriter(VariantType.HANDLE, 4).putInt32(value).toVariant();
  }

  public static Variant ofDouble(double value) {
    return new VariantWriter(VariantType.DOUBLE, 8).putDouble(value).toVariant();
  }

  /**
   * An {@code s}.
   *
   * @throws IllegalArgumentException if the text has a NUL or a lone surrogate
   */
  public static Variant ofString(String text) {
    return ofText(VariantType.STRING, text);
  }

  /**
   * An {@code o}.
   *
   * @throws IllegalArgumentException if it is not a D-Bus object path
   */
  public static Variant ofObjectPath(String path) {
    return ofText(VariantType.OBJECT_PATH, path);
  }

  /**
   * A {@code g}.
   *
   * @throws IllegalArgumentException if it is not a D-Bus signature
   */
  public static Variant ofSignature(String signature) {
    return ofText(VariantType.SIGNATURE, signature);
  }

  /** An {@code ay} of exactly these bytes. */
  public static Variant ofBytes(byte[] bytes) {
    return new VariantWriter(VariantType.BYTES, bytes.length).putBytes(bytes).toVariant();
  }

  /** An {@code ay} of these bytes and a NUL, as file names and links are kept. */
  public static Variant ofByteString(byte[] bytes) {
    return ofBytes(Arrays.copyOf(bytes, bytes.length + 1));
  }

  /** A {@code v} that holds this value. */
  public static Variant boxed(Variant value) {
    var writer = new VariantWriter(VariantType.VARIANT, value.size() + 8);
    return writer.beginVariant(value.type()).put(value).end().toVariant();
  }

  /** A maybe of this value: "just". */
  public static Variant just(Variant value) {
    return maybe(value.type(), value);
  }

  /** A maybe with this element type: "just" the value, or "nothing" if it is null. */
  public static Variant maybe(VariantType element, @Nullable Variant value) {
    var writer = new VariantWriter(VariantType.maybeOf(element));
    writer.beginMaybe();
    if (value != null) {
      writer.put(value);
    }
    return writer.end().toVariant();
  }

  /** An array with this element type; every value must have it. */
  public static Variant array(VariantType element, List<Variant> values) {
    var writer = new VariantWriter(VariantType.arrayOf(element)).beginArray();
    for (Variant value : values) {
      writer.put(value);
    }
    return writer.end().toVariant();
  }

  /** An {@code as}. */
  public static Variant strings(List<String> values) {
    var writer = new VariantWriter(VariantType.arrayOf(VariantType.STRING)).beginArray();
    for (String value : values) {
      writer.putString(value);
    }
    return writer.end().toVariant();
  }

  /** A tuple of these values. */
  public static Variant tuple(Variant... members) {
    return tuple(List.of(members));
  }

  /** A tuple of these values. */
  public static Variant tuple(List<Variant> members) {
    var types = new ArrayList<VariantType>(members.size());
    for (Variant member : members) {
      types.add(member.type);
    }
    var writer = new VariantWriter(VariantType.tupleOf(types)).beginTuple();
    for (Variant member : members) {
      writer.put(member);
    }
    return writer.end().toVariant();
  }

  /** A dictionary entry; the key must be of a basic type. */
  public static Variant dictEntry(Variant key, Variant value) {
    var writer = new VariantWriter(VariantType.dictEntryOf(key.type(), value.type()));
    return writer.beginDictEntry().put(key).put(value).end().toVariant();
  }

  /**
   * Parses GVariant text, as {@code g_variant_parse} does.
   *
   * @param type the type to read the text as, or null to infer it
   * @throws VariantParseException if the text is not one value (of that type)
   */
  public static Variant parseText(@Nullable VariantType type, String text) {
    return TextParser.parse(type, text);
  }

  /**
   * The text form, byte for byte as {@code g_variant_print} writes it.
   *
   * @param typeAnnotate whether types that the text does not imply are spelled out
   */
  public String print(boolean typeAnnotate) {
    return TextPrinter.print(this, typeAnnotate);
  }

  public VariantType type() {
    return type;
  }

  /** Byte order of the numbers. */
  public ByteOrder order() {
    return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** Size of the serialised value in bytes. */
  public int size() {
    return type.isFixedSize() ? type.fixedSize() : length;
  }

  /** A copy of the serialised bytes, just as they are. */
  public byte[] serialized() {
    return isMissing() ? new byte[size()] : Arrays.copyOfRange(data, offset, offset + length);
  }

  /** A read-only view of the serialised bytes, just as they are. */
  public ByteBuffer buffer() {
    return isMissing()
        ? ByteBuffer.allocate(size()).asReadOnlyBuffer()
        : ByteBuffer.wrap(data, offset, length).slice().asReadOnlyBuffer();
  }

  /**
   * Number of children: elements of an array, members of a tuple or dictionary entry, 1 for a
   * variant, 0 or 1 for a maybe, 0 for everything else.
   */
  public int childCount() {
    return switch (type.kind()) {
      case 'a' -> arrayFraming().count();
      case 'm' -> maybeCount();
      case 'v' -> 1;
      default -> type.memberCount();
    };
  }

  /**
   * Child {@code index}.
   *
   * @throws IndexOutOfBoundsException unless 0 &lt;= index &lt; {@link #childCount}
   */
  public Variant child(int index) {
    return switch (type.kind()) {
      case 'a' -> {
        ArrayFraming framing = arrayFraming();
        framing.remember(ordered);
        Variant element = element(framing, index);
        ordered = framing.ordered();
        yield element;
      }
      case '(', '{' -> {
        TupleFraming framing = tupleFraming();
        framing.remember(ordered);
        Variant member = member(framing, index);
        ordered = framing.ordered();
        yield member;
      }
      default -> onlyChild(index);
    };
  }

  /** All children in order. */
  public Iterable<Variant> children() {
    return new VariantChildren.Of(this);
  }

  public boolean asBoolean() {
    require("b");
    return !isMissing() && data[offset] != 0;
  }

  /** A {@code y}: 0 to 255. */
  public int asByte() {
    require("y");
    return isMissing() ? 0 : data[offset] & 0xff;
  }

  public short asInt16() {
    require("n");
    return isMissing() ? 0 : Numbers.readShort(data, offset, bigEndian);
  }

  /** A {@code q}: 0 to 65535. */
  public int asUint16() {
    require("q");
    return isMissing() ? 0 : Numbers.readShort(data, offset, bigEndian) & 0xffff;
  }

  /** An {@code i} or {@code h}. */
  public int asInt32() {
    require("ih");
    return isMissing() ? 0 : Numbers.readInt(data, offset, bigEndian);
  }

  /** A {@code u}: 0 to 2^32-1. */
  public long asUint32() {
    require("u");
    return isMissing() ? 0 : Numbers.readInt(data, offset, bigEndian) & 0xffffffffL;
  }

  public long asInt64() {
    require("x");
    return isMissing() ? 0 : Numbers.readLong(data, offset, bigEndian);
  }

  /** A {@code t}: 64 bits to be read as unsigned. */
  public long asUint64() {
    require("t");
    return isMissing() ? 0 : Numbers.readLong(data, offset, bigEndian);
  }

  public double asDouble() {
    require("d");
    return isMissing() ? 0 : Double.longBitsToDouble(Numbers.readLong(data, offset, bigEndian));
  }

  /** An {@code s}, {@code o} or {@code g}. */
  public String asString() {
    require("sog");
    if (normality != NORMAL && !VariantStrings.isValid(type.kind(), data, offset, length)) {
      return type.kind() == 'o' ? "/" : "";
    }
    return new String(data, offset, length - 1, StandardCharsets.UTF_8);
  }

  /** The bytes of an {@code ay}. */
  public byte[] asBytes() {
    if (!type.equals(VariantType.BYTES)) {
      throw wrongType("ay");
    }
    return serialized();
  }

  /** The bytes of an {@code ay} up to its first NUL; none if it does not end with NUL. */
  public byte[] asByteString() {
    byte[] bytes = asBytes();
    if (bytes.length == 0 || bytes[bytes.length - 1] != 0) {
      return NO_BYTES;
    }
    int end = 0;
    while (bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOf(bytes, end);
  }

  /** The elements of an {@code as}. */
  public List<String> asStrings() {
    if (!type.isArray() || type.element().kind() != 's') {
      throw wrongType("as");
    }
    var strings = new ArrayList<String>(childCount());
    for (Variant child : children()) {
      strings.add(child.asString());
    }
    return List.copyOf(strings);
  }

  /** The value in a {@code v}. */
  public Variant unbox() {
    require("v");
    return onlyChild(0);
  }

  /** The value of the first entry with this key in an {@code a{s*}}, out of its box if boxed. */
  public Optional<Variant> lookup(String key) {
    if (!type.isDictionary() || "so".indexOf(type.element().key().kind()) < 0) {
      throw wrongType("a{sv}");
    }
    for (Variant entry : children()) {
      if (entry.child(0).asString().equals(key)) {
        Variant value = entry.child(1);
        return Optional.of(value.type.isVariant() ? value.unbox() : value);
      }
    }
    return Optional.empty();
  }

  /** As {@link #lookup(String)}, but empty also if the value found has another type. */
  public Optional<Variant> lookup(String key, VariantType expected) {
    return lookup(key).filter(value -> value.type.equals(expected));
  }

  /** Whether the bytes are in normal form: the one serialisation that GLib writes for a value. */
  public boolean isNormal() {
    if (normality == UNKNOWN) {
      boolean normal = !isMissing() && new Normality(data).isNormal(type, offset, length, depth);
      normality = normal ? NORMAL : NOT_NORMAL;
    }
    return normality == NORMAL;
  }

  /**
   * The same value in normal form.
   *
   * @throws VariantSizeException if that is more than 64 MiB and than twice this value: a few
   *     hostile bytes can stand for many large default values
   */
  public Variant toNormal() {
    return isNormal() ? this : NormalForm.of(this, order());
  }

  /** The same value in normal form with its numbers in this byte order. */
  public Variant inOrder(ByteOrder wanted) {
    if (wanted == order()) {
      return toNormal();
    }
    if (type.alignment() == 1 || length == 0) { // no numbers of several bytes
      return normal(type, toNormal().serialized(), wanted);
    }
    return NormalForm.of(this, wanted);
  }

  /** The value with the bytes of each number reversed, in normal form and the same byte order. */
  public Variant byteswapped() {
    return new Variant(type, data, offset, isMissing() ? 0 : length, !bigEndian, depth)
        .inOrder(order());
  }

  /** Whether the other is a value of the same type with the same normal form. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Variant that) || !type.equals(that.type)) {
      return false;
    }
    if (bigEndian == that.bigEndian && sameBytes(that)) {
      return true;
    }
    return !(bigEndian == that.bigEndian && isNormal() && that.isNormal())
        && inOrder(ByteOrder.LITTLE_ENDIAN).sameBytes(that.inOrder(ByteOrder.LITTLE_ENDIAN));
  }

  @Override
  public int hashCode() {
    Variant normal = inOrder(ByteOrder.LITTLE_ENDIAN);
    return 31 * type.hashCode() + normal.buffer().hashCode();
  }

  /** The text form with types, cut off when it is long. */
  @Override
  public String toString() {
    return TextPrinter.abridged(this);
  }

  /** Whether this stands for a fixed-size value that the container did not hold. */
  boolean isMissing() {
    return type.isFixedSize() && length == 0;
  }

  void appendSerialised(VariantWriter writer) {
    writer.putSerialised(data, offset, length);
  }

  private boolean sameBytes(Variant that) {
    return isMissing() == that.isMissing()
        && Arrays.equals(
            data, offset, offset + length, that.data, that.offset, that.offset + that.length);
  }

  private int maybeCount() {
    int size = type.element().fixedSize();
    return (size == 0 ? length > 0 : length == size) ? 1 : 0;
  }

  ArrayFraming arrayFraming() {
    return new ArrayFraming(type.element(), data).at(offset, length);
  }

  TupleFraming tupleFraming() {
    return new TupleFraming(type, data).at(offset, length);
  }

  Variant element(ArrayFraming framing, int index) {
    framing.select(index);
    return slice(type.element(), framing.start(), framing.end() - framing.start());
  }

  Variant onlyChild(int index) {
    if (index < 0 || index >= childCount()) {
      throw new IndexOutOfBoundsException("child " + index + " of " + childCount());
    }
    if (type.isMaybe()) {
      VariantType element = type.element();
      return slice(element, offset, element.isFixedSize() ? length : length - 1);
    }
    Box box = Box.find(data, offset, length, depth);
    return box == null
        ? slice(VariantType.UNIT, offset, 0)
        : slice(box.type(), offset, box.length());
  }

  Variant member(TupleFraming framing, int index) {
    framing.select(index);
    return slice(type.member(index), framing.start(), framing.end() - framing.start());
  }

  private Variant slice(VariantType childType, int from, int size) {
    var child = new Variant(childType, data, from, size, bigEndian, depth + 1);
    child.normality = normality == NORMAL ? NORMAL : UNKNOWN;
    return child;
  }

  private void require(String kinds) {
    if (kinds.indexOf(type.kind()) < 0) {
      throw wrongType(kinds);
    }
  }

  private IllegalStateException wrongType(String wanted) {
    return new IllegalStateException("a value of type " + type + " is not of type " + wanted);
  }

  private static Variant ofText(VariantType type, String text) {
    return new VariantWriter(type, text.length() + 1).putString(text).toVariant();
  }
}
