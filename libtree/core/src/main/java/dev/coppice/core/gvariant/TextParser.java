package dev.coppice.core.gvariant;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses GVariant text, accepting what {@code g_variant_parse} accepts.
 *
 * <p>Text becomes nodes, their common type is inferred unless one is given, then they are written
 * straight into serialised form.
 *
 * @see <a href="https://docs.gtk.org/glib/gvariant-text-format.html">GVariant text format</a>
 */
final class TextParser {
  private final TextTokens tokens;

  private TextParser(String text) {
    this.tokens = new TextTokens(text);
  }

  static Variant parse(@Nullable VariantType type, String text) {
    var parser = new TextParser(text);
    TextNode node = parser.value(TypeScanner.MAX_DEPTH);
    VariantType settled = type == null ? TextInference.typeOf(node) : type;
    var writer = new VariantWriter(settled, text.length());
    TextValues.write(node, settled, writer);
    if (!parser.tokens.atEnd()) {
      throw parser.tokens.expected("end of input");
    }
    return writer.toVariant();
  }

  private TextNode value(int depthLeft) {
    if (depthLeft == 0) {
      throw new VariantParseException(tokens.start(), tokens.start(), "value nested too deeply");
    }
    int start = tokens.start();
    if (tokens.startsWith('[')) {
      return elements(start, depthLeft);
    }
    if (tokens.startsWith('(')) {
      return members(start, depthLeft);
    }
    if (tokens.startsWith('<')) {
      return boxed(start, depthLeft);
    }
    if (tokens.startsWith('{')) {
      return dictionary(start, depthLeft);
    }
    if (tokens.isNumber() || tokens.is("inf") || tokens.is("nan")) {
      String token = tokens.take();
      return new TextNode.Numeral(spanFrom(start), token);
    }
    if (tokens.isByteString()) {
      String token = tokens.take();
      return new TextNode.ByteText(spanFrom(start), TextLiterals.bytes(token, spanFrom(start)));
    }
    if (tokens.startsWith('\'') || tokens.startsWith('"')) {
      String token = tokens.take();
      return new TextNode.Text(spanFrom(start), TextLiterals.string(token, spanFrom(start)));
    }
    if (tokens.startsWith('@') || tokens.isKeyword() || startsMaybe()) {
      return word(start, depthLeft);
    }
    throw tokens.expected("value");
  }

  /** As GLib: a word of one of these letters can only have been meant as a maybe. */
  private boolean startsMaybe() {
    return tokens.startsWith('n') || tokens.startsWith('j');
  }

  /** A value that starts with a word or a type. */
  private TextNode word(int start, int depthLeft) {
    if (tokens.consume("true")) {
      return new TextNode.Truth(spanFrom(start), true);
    }
    if (tokens.consume("false")) {
      return new TextNode.Truth(spanFrom(start), false);
    }
    if (tokens.consume("nothing")) {
      return new TextNode.Maybe(spanFrom(start), null);
    }
    if (tokens.consume("just")) {
      TextNode content = value(depthLeft - 1);
      return new TextNode.Maybe(spanFrom(start), content);
    }
    VariantType type = tokens.startsWith('@') ? declaredType(depthLeft) : keywordType();
    tokens.take();
    TextNode content = value(depthLeft - 1);
    return new TextNode.Declared(spanFrom(start), type, content);
  }

  private VariantType declaredType(int depthLeft) {
    VariantType type = VariantType.parse(tokens.peek().substring(1));
    if (type == null) {
      throw tokens.wrong("invalid type declaration");
    }
    if (type.depth() > depthLeft) {
      throw tokens.wrong("type declaration nested too deeply");
    }
    return type;
  }

  private VariantType keywordType() {
    return switch (tokens.peek()) {
      case "boolean" -> VariantType.BOOLEAN;
      case "byte" -> VariantType.BYTE;
      case "int16" -> VariantType.INT16;
      case "uint16" -> VariantType.UINT16;
      case "int32" -> VariantType.INT32;
      case "handle" -> VariantType.HANDLE;
      case "uint32" -> VariantType.UINT32;
      case "int64" -> VariantType.INT64;
      case "uint64" -> VariantType.UINT64;
      case "double" -> VariantType.DOUBLE;
      case "string" -> VariantType.STRING;
      case "objectpath" -> VariantType.OBJECT_PATH;
      case "signature" -> VariantType.SIGNATURE;
      default -> throw tokens.wrong("unknown keyword");
    };
  }

  private TextNode elements(int start, int depthLeft) {
    tokens.take();
    var elements = new ArrayList<TextNode>();
    while (!tokens.consume("]")) {
      if (!elements.isEmpty()) {
        require(",", " or ']' after an array element");
      }
      elements.add(value(depthLeft - 1));
    }
    return new TextNode.Elements(spanFrom(start), elements);
  }

  private TextNode members(int start, int depthLeft) {
    tokens.take();
    var members = new ArrayList<TextNode>();
    while (!tokens.consume(")")) {
      if (members.size() > 1) {
        require(",", " or ')' after a tuple member");
      }
      members.add(value(depthLeft - 1));
      if (members.size() == 1) {
        require(",", " after the first tuple member"); // "(1,)" is a tuple, "(1)" nothing
      }
    }
    return new TextNode.Members(spanFrom(start), members);
  }

  private TextNode boxed(int start, int depthLeft) {
    tokens.take();
    TextNode content = value(depthLeft - 1);
    require(">", " after the value of a variant");
    return new TextNode.Boxed(spanFrom(start), content);
  }

  private TextNode dictionary(int start, int depthLeft) {
    tokens.take();
    if (tokens.consume("}")) {
      return new TextNode.Dictionary(spanFrom(start), List.of(), List.of());
    }
    TextNode key = value(depthLeft - 1);
    if (tokens.consume(",")) {
      TextNode value = value(depthLeft - 1);
      require("}", " at the end of a dictionary entry");
      return new TextNode.Entry(spanFrom(start), key, value);
    }
    var keys = new ArrayList<TextNode>(List.of(key));
    var values = new ArrayList<TextNode>();
    require(":", " or ',' after a dictionary key");
    values.add(value(depthLeft - 1));
    while (!tokens.consume("}")) {
      require(",", " or '}' after a dictionary entry");
      keys.add(value(depthLeft - 1));
      require(":", " after a dictionary key");
      values.add(value(depthLeft - 1));
    }
    return new TextNode.Dictionary(spanFrom(start), keys, values);
  }

  private void require(String token, String purpose) {
    if (!tokens.consume(token)) {
      throw tokens.expected("'" + token + "'" + purpose);
    }
  }

  private TextNode.Span spanFrom(int start) {
    return new TextNode.Span(start, tokens.end());
  }
}
