package dev.coppice.core.time;

import java.util.ArrayList;
import java.util.List;

/** Cuts a date into numbers, words and signs; blanks and comments in parentheses go. */
final class DateTokens {
  /** A part of the text. */
  sealed interface Token {
    /** Digits; {@code length} of them. */
    record Number(long value, int length) implements Token {}

    /** Letters, in small ones and without dots. */
    record Word(String text) implements Token {}

    /** Any other character. */
    record Sign(char sign) implements Token {}
  }

  /** Enough for a year of nine digits; longer numbers name no date. */
  private static final int MAX_DIGITS = 18;

  private DateTokens() {}

  /** The tokens of a text; a number that is too long becomes a sign that nothing accepts. */
  static List<Token> cut(String text) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < text.length()) {
      char ch = text.charAt(at);
      int end = at + 1;
      if (isDigit(ch)) {
        while (end < text.length() && isDigit(text.charAt(end))) {
          end++;
        }
        tokens.add(
            end - at > MAX_DIGITS
                ? new Token.Sign('\0')
                : new Token.Number(Long.parseLong(text, at, end, 10), end - at));
      } else if (isLetter(ch)) {
        while (end < text.length() && (isLetter(text.charAt(end)) || text.charAt(end) == '.')) {
          end++;
        }
        tokens.add(new Token.Word(DateWords.normal(text.substring(at, end))));
      } else if (ch == '(') {
        end = endOfComment(text, at);
      } else if (!isBlank(ch)) {
        tokens.add(new Token.Sign(ch));
      }
      at = end;
    }
    return List.copyOf(tokens);
  }

  /** Comments nest. One that is never closed ends with the text. */
  private static int endOfComment(String text, int start) {
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) == '(') {
        depth++;
      } else if (text.charAt(i) == ')' && --depth == 0) {
        return i + 1;
      }
    }
    return text.length();
  }

  private static boolean isDigit(char ch) {
    return ch >= '0' && ch <= '9';
  }

  private static boolean isLetter(char ch) {
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
  }

  private static boolean isBlank(char ch) {
    return ch == ' ' || (ch >= '\t' && ch <= '\r');
  }
}
