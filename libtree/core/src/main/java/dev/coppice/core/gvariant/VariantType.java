package dev.coppice.core.gvariant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A definite GVariant type such as {@code a{sv}}, parsed and validated.
 *
 * <p>Immutable. Equality is equality of the type string. Basic types are shared instances.
 */
public final class VariantType {
  /**
   * Longest type string accepted, in characters. GLib has no such limit; a boxed value brings its
   * own type string, and this keeps the memory that a hostile one costs in proportion.
   */
  static final int MAX_LENGTH = 1 << 24;

  private static final VariantType[] BASIC = basicTypes();

  public static final VariantType BOOLEAN = of("b");
  public static final VariantType BYTE = of("y");
  public static final VariantType INT16 = of("n");
  public static final VariantType UINT16 = of("q");
  public static final VariantType INT32 = of("i");
  public static final VariantType UINT32 = of("u");
  public static final VariantType INT64 = of("x");
  public static final VariantType UINT64 = of("t");
  public static final VariantType HANDLE = of("h");
  public static final VariantType DOUBLE = of("d");
  public static final VariantType STRING = of("s");
  public static final VariantType OBJECT_PATH = of("o");
  public static final VariantType SIGNATURE = of("g");
  public static final VariantType VARIANT = of("v");
  public static final VariantType UNIT = of("()");
  public static final VariantType BYTES = of("ay");
  public static final VariantType DICTIONARY = of("a{sv}");

  private final String source;
  private final int start;
  private final int end;
  private final char kind;
  private final VariantType[] children;
  private final int alignment;
  private final int fixedSize;
  private final int depth;
  private @Nullable String text;
  private @Nullable TupleLayout layout;

  private VariantType(String source, int start, int end, VariantType[] children) {
    this.source = source;
    this.start = start;
    this.end = end;
    this.children = children;
    this.kind = source.charAt(start);
    this.depth = depthOf(kind, children);
    this.alignment = alignmentOf(kind, children);
    this.fixedSize = fixedSizeOf(kind, children, alignment);
  }

  /**
   * The type written as {@code text}.
   *
   * @throws IllegalArgumentException if {@code text} is not exactly one definite type, nests deeper
   *     than GLib's limit of 128 containers, or is longer than 16 MiB
   */
  public static VariantType of(String text) {
    VariantType type = parse(text);
    if (type == null) {
      throw new IllegalArgumentException("not a definite GVariant type: " + shortened(text));
    }
    return type;
  }

  /** As {@link #of}, but null for an invalid type. */
  static @Nullable VariantType parse(String text) {
    if (text.length() == 1) {
      char c = text.charAt(0);
      return c < 128 ? BASIC[c] : null;
    }
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return null;
    }
    var scanner = new TypeScanner(text);
    VariantType type = scanner.next();
    return type != null && scanner.atEnd() ? type : null;
  }

  /** The array type with this element type. */
  public static VariantType arrayOf(VariantType element) {
    return of("a".concat(element.toString()));
  }

  /** The maybe type with this element type. */
  public static VariantType maybeOf(VariantType element) {
    return of("m".concat(element.toString()));
  }

  /** The tuple type with these members. */
  public static VariantType tupleOf(List<VariantType> members) {
    var text = new StringBuilder("(");
    for (VariantType member : members) {
      text.append(member);
    }
    return of(text.append(')').toString());
  }

  /** The dictionary-entry type with this basic key type and this value type. */
  public static VariantType dictEntryOf(VariantType key, VariantType value) {
    return of("{".concat(key.toString()).concat(value.toString()).concat("}"));
  }

  static VariantType container(String source, int start, int end, VariantType[] children) {
    return new VariantType(source, start, end, children);
  }

  static @Nullable VariantType basic(char c) {
    return c < 128 ? BASIC[c] : null;
  }

  /** First character of the type string: {@code a}, {@code m}, {@code (}, <code>{</code>, ... */
  public char kind() {
    return kind;
  }

  /** Whether this is a number, boolean, string, object path, signature or handle. */
  public boolean isBasic() {
    return isBasic(kind());
  }

  public boolean isArray() {
    return kind() == 'a';
  }

  public boolean isMaybe() {
    return kind() == 'm';
  }

  public boolean isTuple() {
    return kind() == '(';
  }

  public boolean isDictEntry() {
    return kind() == '{';
  }

  public boolean isVariant() {
    return kind() == 'v';
  }

  /** Whether this is an array of dictionary entries. */
  public boolean isDictionary() {
    return isArray() && children[0].isDictEntry();
  }

  /**
   * Element type of an array or maybe type.
   *
   * @throws IllegalStateException for another kind
   */
  public VariantType element() {
    if (!isArray() && !isMaybe()) {
      throw new IllegalStateException("type " + this + " has no element type");
    }
    return children[0];
  }

  /** Key type of a dictionary-entry type. */
  public VariantType key() {
    return entryPart(0);
  }

  /** Value type of a dictionary-entry type. */
  public VariantType value() {
    return entryPart(1);
  }

  /** Number of members of a tuple or dictionary-entry type; 0 for all others but the unit. */
  public int memberCount() {
    return isTuple() || isDictEntry() ? children.length : 0;
  }

  /** Member {@code index} of a tuple or dictionary-entry type. */
  public VariantType member(int index) {
    if (!isTuple() && !isDictEntry()) {
      throw new IllegalStateException("type " + this + " has no members");
    }
    return children[index];
  }

  /** Alignment of values of this type in bytes: 1, 2, 4 or 8. */
  public int alignment() {
    return alignment;
  }

  /** Size of every value of this type in bytes, or 0 if values differ in size. */
  public int fixedSize() {
    return fixedSize;
  }

  public boolean isFixedSize() {
    return fixedSize != 0;
  }

  /** Nesting depth as GLib counts it: 1 for basic types, one more for each container around. */
  int depth() {
    return depth;
  }

  TupleLayout layout() {
    TupleLayout known = layout;
    if (known == null) {
      known = TupleLayout.of(children);
      layout = known;
    }
    return known;
  }

  private VariantType entryPart(int index) {
    if (!isDictEntry()) {
      throw new IllegalStateException("type " + this + " is not a dictionary entry");
    }
    return children[index];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof VariantType that
            && end - start == that.end - that.start
            && source.regionMatches(start, that.source, that.start, end - start));
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The type string. */
  @Override
  public String toString() {
    String known = text;
    if (known == null) {
      known = source.substring(start, end);
      text = known;
    }
    return known;
  }

  private static boolean isBasic(char kind) {
    return "bynqiuxthdsog".indexOf(kind) >= 0;
  }

  private static VariantType[] basicTypes() {
    var table = new VariantType[128];
    for (char c : "bynqiuxthdsogv".toCharArray()) {
      table[c] = new VariantType(String.valueOf(c), 0, 1, new VariantType[0]);
    }
    return table;
  }

  private static int depthOf(char kind, VariantType[] children) {
    int deepest = kind == '(' ? 0 : 1;
    for (VariantType child : children) {
      deepest = Math.max(deepest, child.depth + 1);
    }
    return deepest;
  }

  private static int alignmentOf(char kind, VariantType[] children) {
    int most =
        switch (kind) {
          case 'n', 'q' -> 2;
          case 'i', 'u', 'h' -> 4;
          case 'x', 't', 'd', 'v' -> 8;
          default -> 1;
        };
    for (VariantType child : children) {
      most = Math.max(most, child.alignment);
    }
    return most;
  }

  private static int fixedSizeOf(char kind, VariantType[] children, int alignment) {
    return switch (kind) {
      case 'b', 'y' -> 1;
      case 'n', 'q' -> 2;
      case 'i', 'u', 'h' -> 4;
      case 'x', 't', 'd' -> 8;
      case '(', '{' -> fixedTupleSize(children, alignment);
      default -> 0;
    };
  }

  private static int fixedTupleSize(VariantType[] members, int alignment) {
    if (members.length == 0) {
      return 1; // the unit takes one zero byte, so that arrays of it can be counted
    }
    int size = 0;
    for (VariantType member : members) {
      if (member.fixedSize == 0) {
        return 0;
      }
      size = Framing.align(size, member.alignment) + member.fixedSize;
    }
    return Framing.align(size, alignment);
  }

  /** The type string for a message: cut off when it is long. */
  static String shortened(VariantType type) {
    return shortened(type.toString());
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
