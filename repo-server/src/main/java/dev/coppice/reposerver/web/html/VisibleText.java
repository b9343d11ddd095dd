package dev.coppice.reposerver.web.html;

/**
 * Makes visible what a text could hide behind: control characters, marks that turn the direction of
 * writing, characters without width. Names in trees and subjects of commits are what a stranger
 * chose, and {@code cod.exe} must not read {@code exe.doc} because of a U+202E inside.
 */
final class VisibleText {
  private VisibleText() {}

  /** Whether the character does not show what it is, or may not stand in XML. */
  static boolean hides(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** What is shown instead, such as {@code \n}, {@code \x1b} or a code point in braces. */
  static String escape(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          point <= 0xff ? "\\x%02x".formatted(point) : "\\u{" + Integer.toHexString(point) + "}";
    };
  }

  /** The whole text with such characters replaced, for places that hold plain text only. */
  static String plain(String text) {
    if (text.codePoints().noneMatch(VisibleText::hides)) {
      return text;
    }
    var shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (hides(point)) {
                shown.append(escape(point));
              } else {
                shown.appendCodePoint(point);
              }
            });
    return shown.toString();
  }
}
