package dev.coppice.core.gvariant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a piece of GVariant text says, before types are settled. */
sealed interface TextNode {
  /** Where the piece stands in the text. */
  Span span();

  /**
   * A range of characters.
   *
   * @param start index of the first
   * @param end index behind the last
   */
  record Span(int start, int end) {
    VariantParseException error(String problem) {
      return new VariantParseException(start, end, problem);
    }
  }

  /** {@code [a, b]}. */
  record Elements(Span span, List<TextNode> elements) implements TextNode {}

  /** {@code (a, b)}. */
  record Members(Span span, List<TextNode> members) implements TextNode {}

  /** <code>{k: v, l: w}</code>, or an empty one: keys and values in step. */
  record Dictionary(Span span, List<TextNode> keys, List<TextNode> values) implements TextNode {}

  /** <code>{k, v}</code>. */
  record Entry(Span span, TextNode key, TextNode value) implements TextNode {}

  /** {@code <a>}. */
  record Boxed(Span span, TextNode content) implements TextNode {}

  /** {@code just a}, or {@code nothing} (null). */
  record Maybe(Span span, @Nullable TextNode content) implements TextNode {}

  /** {@code @type a}, or a keyword such as {@code uint32}. */
  record Declared(Span span, VariantType type, TextNode content) implements TextNode {}

  /** {@code 'text'}: a string, object path or signature. */
  record Text(Span span, String text) implements TextNode {}

  /** {@code b'bytes'}: an {@code ay} that ends with NUL. */
  record ByteText(Span span, Variant bytes) implements TextNode {}

  /** A number of any type. */
  record Numeral(Span span, String token) implements TextNode {}

  /** {@code true} or {@code false}. */
  record Truth(Span span, boolean value) implements TextNode {}
}
