package dev.coppice.core.gvariant;

/**
 * Writes the text form of values as {@code g_variant_print} does.
 *
 * @see <a href="https://docs.gtk.org/glib/gvariant-text-format.html">GVariant text format</a>
 */
final class TextPrinter {
  private static final int ABRIDGED = 200;

  /**
   * Text longer than this and than 32 characters for each byte of the value is refused: a few
   * hostile bytes can stand for many large default values.
   */
  private static final int LIMIT = 64 << 20;

  private final StringBuilder out = new StringBuilder();
  private final int limit;

  private TextPrinter(int limit) {
    this.limit = limit;
  }

  static String print(Variant value, boolean annotate) {
    int limit = (int) Math.min(Integer.MAX_VALUE - 64, LIMIT + 32L * value.size());
    var printer = new TextPrinter(limit);
    printer.print(annotate, value);
    if (printer.full()) {
      throw new VariantSizeException(value.type(), limit);
    }
    return printer.out.toString();
  }

  static String abridged(Variant value) {
    var printer = new TextPrinter(ABRIDGED);
    printer.print(true, value);
    if (printer.full()) {
      printer.out.setLength(ABRIDGED);
      printer.out.append("...");
    }
    return printer.out.toString();
  }

  private boolean full() {
    return out.length() > limit;
  }

  private void print(boolean annotate, Variant value) {
    switch (value.type().kind()) {
      case 'a' -> printArray(annotate, value);
      case 'm' -> printMaybe(annotate, value);
      case '(' -> printTuple(annotate, value);
      case '{' -> {
        out.append('{');
        print(annotate, value.child(0));
        out.append(", ");
        print(annotate, value.child(1));
        out.append('}');
      }
      case 'v' -> {
        out.append('<');
        print(true, value.unbox());
        out.append('>');
      }
      case 'b' -> out.append(value.asBoolean());
      case 's' -> TextQuoting.appendString(out, value.asString());
      case 'o' -> annotated(annotate, "objectpath ").append(quoted(value));
      case 'g' -> annotated(annotate, "signature ").append(quoted(value));
      default -> printNumber(annotate, value);
    }
  }

  private void printNumber(boolean annotate, Variant value) {
    switch (value.type().kind()) {
      case 'y' -> {
        int octet = value.asByte();
        annotated(annotate, "byte ")
            .append("0x")
            .append(Character.forDigit(octet >> 4, 16))
            .append(Character.forDigit(octet & 15, 16));
      }
      case 'n' -> annotated(annotate, "int16 ").append(value.asInt16());
      case 'q' -> annotated(annotate, "uint16 ").append(value.asUint16());
      case 'i' -> out.append(value.asInt32()); // the default for numbers, never annotated
      case 'h' -> annotated(annotate, "handle ").append(value.asInt32());
      case 'u' -> annotated(annotate, "uint32 ").append(value.asUint32());
      case 'x' -> annotated(annotate, "int64 ").append(value.asInt64());
      case 't' -> annotated(annotate, "uint64 ").append(Long.toUnsignedString(value.asUint64()));
      default -> out.append(TextNumbers.print(value.asDouble()));
    }
  }

  private StringBuilder annotated(boolean annotate, String keyword) {
    return annotate ? out.append(keyword) : out;
  }

  private static String quoted(Variant value) {
    return "'" + value.asString() + "'";
  }

  private void printArray(boolean annotate, Variant value) {
    VariantType element = value.type().element();
    if (element.kind() == 'y') {
      byte[] bytes = value.asBytes();
      if (TextQuoting.isByteString(bytes)) {
        TextQuoting.appendByteString(out, bytes);
        return;
      }
    }
    boolean dictionary = element.isDictEntry();
    if (value.childCount() == 0) {
      typed(annotate, value).append(dictionary ? "{}" : "[]");
      return;
    }
    out.append(dictionary ? '{' : '[');
    boolean first = true;
    for (Variant child : value.children()) {
      if (full()) {
        return;
      }
      out.append(first ? "" : ", ");
      // One annotated element tells the type of all.
      boolean spelled = annotate && first;
      if (dictionary) {
        print(spelled, child.child(0));
        out.append(": ");
        print(spelled, child.child(1));
      } else {
        print(spelled, child);
      }
      first = false;
    }
    out.append(dictionary ? '}' : ']');
  }

  private void printTuple(boolean annotate, Variant value) {
    out.append('(');
    int count = 0;
    for (Variant member : value.children()) {
      if (full()) {
        return;
      }
      out.append(count == 0 ? "" : ", ");
      print(annotate, member);
      count++;
    }
    out.append(count == 1 ? ",)" : ")");
  }

  private void printMaybe(boolean annotate, Variant value) {
    typed(annotate, value);
    // "just" is spelled out only where a nested "nothing" needs it.
    int justs = 0;
    Variant inner = value;
    while (inner.type().isMaybe() && inner.childCount() == 1) {
      inner = inner.child(0);
      justs++;
    }
    if (inner.type().isMaybe()) {
      out.append("just ".repeat(justs)).append("nothing");
    } else {
      print(false, inner);
    }
  }

  private StringBuilder typed(boolean annotate, Variant value) {
    return annotate ? out.append('@').append(value.type()).append(' ') : out;
  }
}
