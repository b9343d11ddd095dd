package dev.coppice.core.gvariant;

import java.util.List;

/**
 * Infers the type of a node from what it says.
 *
 * <p>What is known of a type is kept as a pattern: a type string in which {@code *} stands for any
 * type, {@code N} for any number type, {@code S} for string, object path or signature, and {@code
 * M} before a type for any number of maybes around it.
 */
final class TextInference {
  private TextInference() {}

  /** The type of the node; strings and whole numbers are {@code s} and {@code i} unless told. */
  static VariantType typeOf(TextNode node) {
    String pattern = pattern(node);
    var text = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '*' -> throw node.span().error("unable to infer type");
        case 'M' -> {} // without maybes where possible
        case 'S' -> text.append('s');
        case 'N' -> text.append('i');
        default -> text.append(c);
      }
    }
    VariantType type = VariantType.parse(text.toString());
    if (type == null) {
      throw node.span().error("unable to infer type"); // nested deeper than types may be
    }
    return type;
  }

  private static String pattern(TextNode node) {
    return switch (node) {
      case TextNode.Elements array ->
          array.elements().isEmpty() ? "Ma*" : "Ma" + common(array.elements());
      case TextNode.Members tuple -> {
        var parts = new StringBuilder("M(");
        tuple.members().forEach(member -> parts.append(pattern(member)));
        yield parts.append(')').toString();
      }
      case TextNode.Dictionary dict when dict.keys().isEmpty() -> "Ma{**}";
      case TextNode.Dictionary dict ->
          "Ma{" + keyPattern(dict, dict.keys()) + pattern(dict.values().getFirst()) + "}";
      case TextNode.Entry entry ->
          "M{" + keyPattern(entry, List.of(entry.key())) + pattern(entry.value()) + "}";
      case TextNode.Boxed _ -> "Mv";
      case TextNode.Maybe(_, TextNode content) when content != null -> "m" + pattern(content);
      case TextNode.Maybe _ -> "m*";
      case TextNode.Declared declared -> declared.type().toString();
      case TextNode.Text _ -> "MS";
      case TextNode.ByteText _ -> "May";
      case TextNode.Numeral number -> TextNumbers.looksFloating(number.token()) ? "Md" : "MN";
      case TextNode.Truth _ -> "Mb";
    };
  }

  private static char keyPattern(TextNode dictionary, List<TextNode> keys) {
    String pattern = common(keys);
    char kind = pattern.charAt(pattern.charAt(0) == 'M' ? 1 : 0);
    if ("bynqiuxthdsogNS".indexOf(kind) < 0) {
      throw dictionary.span().error("dictionary keys must have basic types");
    }
    return kind;
  }

  private static String common(List<TextNode> nodes) {
    String pattern = pattern(nodes.getFirst());
    for (int i = 1; i < nodes.size(); i++) {
      pattern = merge(pattern, pattern(nodes.get(i)));
      if (pattern.isEmpty()) {
        throw conflict(nodes, i);
      }
    }
    return pattern;
  }

  /** The failure that names the first node which does not go together with this one. */
  private static VariantParseException conflict(List<TextNode> nodes, int index) {
    TextNode node = nodes.get(index);
    String pattern = pattern(node);
    int first = 0;
    while (first < index && !merge(pattern(nodes.get(first)), pattern).isEmpty()) {
      first++;
    }
    return new VariantParseException(
        nodes.get(first).span(), node.span(), "unable to find a common type");
  }

  /** The most general pattern that fits both, or the empty string if there is none. */
  private static String merge(String left, String right) {
    return left.equals(right) ? left : new Merge(left, right).result();
  }

  /** Finds the most general pattern that fits both of two patterns. */
  private static final class Merge {
    private final String[] pattern;
    private final int[] position = {0, 0};
    private final StringBuilder out = new StringBuilder();

    Merge(String left, String right) {
      this.pattern = new String[] {left, right};
    }

    /** The merged pattern, or the empty string if there is none. */
    String result() {
      while (more(0) && more(1)) {
        if (peek(0) == peek(1)) {
          out.append(peek(0));
          position[0]++;
          position[1]++;
        } else if (!narrow(0) && !narrow(1)) {
          return "";
        }
      }
      return more(0) || more(1) ? "" : out.toString();
    }

    /** Narrows what one pattern leaves open to what the other says, if it does. */
    private boolean narrow(int one) {
      int other = 1 - one;
      char open = peek(one);
      char said = peek(other);
      if (open == '*' && said != ')') {
        copyType(other);
        position[one]++;
      } else if (open == 'M' && said == 'm') {
        out.append(said);
        position[other]++; // there may be more of them
      } else if (open == 'M' && said != '*') {
        position[one]++;
      } else if ((open == 'N' && "ynqiuxthd".indexOf(said) >= 0)
          || (open == 'S' && "sog".indexOf(said) >= 0)) {
        out.append(said);
        position[other]++;
        position[one]++;
      } else {
        return false;
      }
      return true;
    }

    private void copyType(int from) {
      while (more(from) && "amM".indexOf(peek(from)) >= 0) {
        out.append(peek(from));
        position[from]++;
      }
      int open = 0;
      do {
        char c = peek(from);
        if (c == '(' || c == '{') {
          open++;
        } else if (c == ')' || c == '}') {
          open--;
        }
        out.append(c);
        position[from]++;
      } while (open > 0 && more(from));
    }

    private boolean more(int which) {
      return position[which] < pattern[which].length();
    }

    private char peek(int which) {
      return pattern[which].charAt(position[which]);
    }
  }
}
