package dev.coppice.core.gvariant;

/** Writes a node as a value of a settled type. */
final class TextValues {
  private final VariantWriter writer;

  private TextValues(VariantWriter writer) {
    this.writer = writer;
  }

  static void write(TextNode node, VariantType type, VariantWriter writer) {
    new TextValues(writer).write(node, type);
  }

  private void write(TextNode node, VariantType type) {
    switch (node) {
      // The type that counts is the one from above; a declaration took part in inferring it.
      case TextNode.Declared declared -> write(declared.content(), type);
      case TextNode.Maybe maybe -> writeMaybe(maybe, type);
      case TextNode.Elements _,
          TextNode.Members _,
          TextNode.Dictionary _,
          TextNode.Entry _,
          TextNode.Boxed _,
          TextNode.Text _,
          TextNode.ByteText _,
          TextNode.Numeral _,
          TextNode.Truth _ ->
          writeWrapped(node, type);
    }
  }

  private void writeMaybe(TextNode.Maybe maybe, VariantType type) {
    if (!type.isMaybe()) {
      throw mismatch(maybe, type);
    }
    writer.beginMaybe();
    if (maybe.content() != null) {
      write(maybe.content(), type.element());
    }
    writer.end();
  }

  /** Writes what is not a maybe itself, within as many as the type has. */
  private void writeWrapped(TextNode node, VariantType type) {
    VariantType base = type;
    int maybes = 0;
    while (base.isMaybe()) {
      writer.beginMaybe();
      base = base.element();
      maybes++;
    }
    writeBase(node, base);
    while (maybes-- > 0) {
      writer.end();
    }
  }

  private void writeBase(TextNode node, VariantType type) {
    boolean fits =
        switch (node) {
          case TextNode.Elements array -> type.isArray() && writeElements(array, type);
          case TextNode.Members tuple -> type.isTuple() && writeMembers(tuple, type);
          case TextNode.Dictionary dict -> type.isDictionary() && writeEntries(dict, type);
          case TextNode.Entry entry ->
              type.isDictEntry() && writeEntry(entry.key(), entry.value(), type);
          case TextNode.Boxed boxed -> type.isVariant() && writeBoxed(boxed);
          case TextNode.Text text -> writeText(text, type);
          case TextNode.ByteText bytes -> type.equals(VariantType.BYTES) && writeBytes(bytes);
          case TextNode.Numeral number -> writeNumber(number, type);
          case TextNode.Truth truth -> type.kind() == 'b' && writeTruth(truth);
          case TextNode.Declared _, TextNode.Maybe _ -> false; // handled before
        };
    if (!fits) {
      throw mismatch(node, type);
    }
  }

  private boolean writeElements(TextNode.Elements array, VariantType type) {
    writer.beginArray();
    array.elements().forEach(element -> write(element, type.element()));
    writer.end();
    return true;
  }

  private boolean writeMembers(TextNode.Members tuple, VariantType type) {
    int index = 0;
    writer.beginTuple();
    for (TextNode member : tuple.members()) {
      if (index == type.memberCount()) {
        return false;
      }
      write(member, type.member(index++));
    }
    if (index < type.memberCount()) {
      return false;
    }
    writer.end();
    return true;
  }

  private boolean writeEntries(TextNode.Dictionary dict, VariantType type) {
    writer.beginArray();
    for (int i = 0; i < dict.keys().size(); i++) {
      writeEntry(dict.keys().get(i), dict.values().get(i), type.element());
    }
    writer.end();
    return true;
  }

  private boolean writeEntry(TextNode key, TextNode value, VariantType type) {
    writer.beginDictEntry();
    write(key, type.key());
    write(value, type.value());
    writer.end();
    return true;
  }

  private boolean writeBoxed(TextNode.Boxed boxed) {
    VariantType content = TextInference.typeOf(boxed.content());
    writer.beginVariant(content);
    write(boxed.content(), content);
    writer.end();
    return true;
  }

  private boolean writeText(TextNode.Text text, VariantType type) {
    String what =
        switch (type.kind()) {
          case 's' -> "Unicode string";
          case 'o' -> "object path";
          case 'g' -> "signature";
          default -> "";
        };
    if (what.isEmpty()) {
      return false;
    }
    try {
      writer.putString(text.text());
    } catch (IllegalArgumentException invalid) {
      throw new VariantParseException(text.span(), "not a valid " + what, invalid);
    }
    return true;
  }

  private boolean writeBytes(TextNode.ByteText bytes) {
    writer.put(bytes.bytes());
    return true;
  }

  private boolean writeTruth(TextNode.Truth truth) {
    writer.putBoolean(truth.value());
    return true;
  }

  private boolean writeNumber(TextNode.Numeral number, VariantType type) {
    char kind = type.kind();
    if (kind == 'd') {
      writer.putDouble(TextNumbers.parseDouble(number));
      return true;
    }
    int size = "ynqiuxth".indexOf(kind) < 0 ? 0 : type.fixedSize();
    if (size == 0) {
      TextNumbers.requireInteger(number);
      return false;
    }
    boolean signed = "nixh".indexOf(kind) >= 0;
    long value = TextNumbers.parseInteger(number, kind, 8 * size - (signed ? 1 : 0), signed);
    switch (size) {
      case 1 -> writer.putByte((int) value);
      case 2 -> writer.putInt16((int) value);
      case 4 -> writer.putInt32((int) value);
      default -> writer.putInt64(value);
    }
    return true;
  }

  private static VariantParseException mismatch(TextNode node, VariantType type) {
    return node.span().error("not a value of type '" + VariantType.shortened(type) + "'");
  }
}
