package dev.coppice.core.gvariant;

/** Cuts GVariant text into tokens, one at a time. */
final class TextTokens {
  private final String text;
  private int start;
  private int end;
  private boolean ready;

  TextTokens(String text) {
    this.text = text;
  }

  /** Whether nothing but white space follows. */
  boolean atEnd() {
    prepare();
    return start == text.length();
  }

  /** Index of the first character of the next token. */
  int start() {
    prepare();
    return start;
  }

  /** Index behind the last token that was looked at. */
  int end() {
    return end;
  }

  /** The next token, empty at the end; it is not consumed. */
  String peek() {
    prepare();
    return text.substring(start, end);
  }

  /** Whether the next token starts with this character. */
  boolean startsWith(char first) {
    return !atEnd() && text.charAt(start) == first;
  }

  /** Whether the next token is this one. */
  boolean is(String token) {
    prepare();
    return end - start == token.length() && text.startsWith(token, start);
  }

  boolean isKeyword() {
    prepare();
    return end - start >= 2 && isLetter(text.charAt(start)) && isLetter(text.charAt(start + 1));
  }

  boolean isNumber() {
    return !atEnd() && startsNumber(text.charAt(start));
  }

  boolean isByteString() {
    prepare();
    return end - start >= 2 && text.charAt(start) == 'b' && isQuote(text.charAt(start + 1));
  }

  /** Consumes the next token if it is this one. */
  boolean consume(String token) {
    boolean same = is(token);
    if (same) {
      ready = false;
    }
    return same;
  }

  /** Consumes and returns the next token. */
  String take() {
    String token = peek();
    ready = false;
    return token;
  }

  /** A failure at the start of the next token. */
  VariantParseException expected(String what) {
    return new VariantParseException(start(), start(), "expected " + what);
  }

  /** A failure about the next token. */
  VariantParseException wrong(String problem) {
    prepare();
    return new VariantParseException(start, end, problem);
  }

  private void prepare() {
    if (ready) {
      return;
    }
    int i = end;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    start = i;
    end = i == text.length() ? i : endOfToken(i);
    ready = true;
  }

  private int endOfToken(int from) {
    char first = text.charAt(from);
    if (startsNumber(first)) {
      return skip(from, true);
    }
    if (isQuote(first)) {
      return endOfQuoted(from);
    }
    if (first == 'b' && from + 1 < text.length() && isQuote(text.charAt(from + 1))) {
      return endOfQuoted(from + 1);
    }
    if (first >= 'a' && first <= 'z') {
      return skip(from, false);
    }
    return first == '@' ? endOfType(from) : from + 1;
  }

  private int skip(int from, boolean number) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean inside = isLetter(c) || isDigit(c) || (number && (c == '-' || c == '+' || c == '.'));
      if (!inside) {
        break;
      }
      i++;
    }
    return i;
  }

  /** Behind the quote that closes the one at {@code open}, or the end of the text. */
  private int endOfQuoted(int open) {
    char quote = text.charAt(open);
    int i = open + 1;
    while (i < text.length() && text.charAt(i) != quote) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i + 1, text.length());
  }

  /** A type ends at a space, comma, colon or a bracket that it did not open. */
  private int endOfType(int from) {
    int open = 0;
    int i = from + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '(' || c == '{') {
        open++;
      } else if (c == ')' || c == '}') {
        if (open-- == 0) {
          break;
        }
      } else if (",:>]".indexOf(c) >= 0 || isSpace(c)) {
        break;
      }
      i++;
    }
    return i;
  }

  private static boolean startsNumber(char c) {
    return isDigit(c) || c == '-' || c == '+' || c == '.';
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** As {@code g_ascii_isspace}, which leaves out the vertical tab. */
  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
  }
}
