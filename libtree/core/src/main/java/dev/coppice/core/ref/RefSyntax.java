package dev.coppice.core.ref;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;

/**
 * Rules of the names of refs, remotes and collections, checked by hand because a regular expression
 * costs start-up time that {@code rev-parse} does not have.
 */
final class RefSyntax {
  /** Bytes of a collection id at most, the limit of D-Bus names. */
  private static final int COLLECTION_LIMIT = 255;

  private RefSyntax() {}

  /**
   * A fragment: a word character, then word characters, dots and hyphens. Word characters are
   * Unicode letters, numbers, combining marks and connecting punctuation such as the underscore:
   * the {@code \w} of the real tool with PCRE2 10.43 or later. Earlier ones know only letters,
   * numbers and the underscore.
   */
  static boolean isFragment(CharSequence text) {
    return isFragment(text, 0, text.length());
  }

  /** Fragments joined by slashes. */
  static boolean isRef(String text) {
    int start = 0;
    for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', start)) {
      if (!isFragment(text, start, slash)) {
        return false;
      }
      start = slash + 1;
    }
    return isFragment(text, start, text.length());
  }

  private static boolean isFragment(CharSequence text, int start, int end) {
    int index = start;
    while (index < end) {
      int point = Character.codePointAt(text, index);
      boolean inner = index > start && (point == '-' || point == '.');
      if (!inner && !isWord(point)) {
        return false;
      }
      index += Character.charCount(point);
    }
    return end > start;
  }

  private static boolean isWord(int point) {
    if (point < 0x80) {
      return (point >= 'a' && point <= 'z')
          || (point >= 'A' && point <= 'Z')
          || (point >= '0' && point <= '9')
          || point == '_';
    }
    return switch (Character.getType(point)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.NON_SPACING_MARK,
          Character.CONNECTOR_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /**
   * The syntax of D-Bus interface names: at least two elements joined by dots, each of ASCII
   * letters, digits and underscores and not starting with a digit.
   */
  static boolean isCollectionId(String text) {
    boolean atStart = true;
    boolean dotted = false;
    for (int i = 0; i < text.length(); i++) {
      char ch = text.charAt(i);
      if (ch == '.') {
        if (atStart) {
          return false;
        }
        atStart = true;
        dotted = true;
      } else if (ch >= 0x80 || !isWord(ch) || (atStart && ch >= '0' && ch <= '9')) {
        return false;
      } else {
        atStart = false;
      }
    }
    return dotted && !atStart && text.length() <= COLLECTION_LIMIT;
  }

  static Failure invalid(String what, String text) {
    return new Failure(
        ErrorCode.REF_INVALID,
        "Invalid " + what + " " + text,
        "Use letters, digits, '_', '.' and '-', joined by '/', each part starting with a letter,"
            + " digit or '_'");
  }
}
