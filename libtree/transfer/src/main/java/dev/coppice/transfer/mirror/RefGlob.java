package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.regex.Pattern;

/**
 * A pattern of refs: {@code *} and {@code ?} stand for characters within one part of a name, {@code
 * **} for any number of parts, {@code [a-z]} for one of several characters, {@code [!a-z]} for any
 * other. A pattern fits whole names.
 */
public final class RefGlob {
  private static final String EXPECTED =
      "Parts of refs are joined by '/'; * and ? stay within a part, ** crosses parts, [a-z] is one"
          + " character.";

  private final String text;
  private final Pattern pattern;

  private RefGlob(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @throws Failure with {@link ErrorCode#INPUT_INVALID}
   */
  public static RefGlob parse(String text) {
    if (text.isEmpty()) {
      throw new Failure(ErrorCode.INPUT_INVALID, "Empty pattern of refs", EXPECTED);
    }
    return new RefGlob(text, Pattern.compile(expression(text)));
  }

  private static String expression(String text) {
    var expression = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '*' -> {
          boolean crosses = text.startsWith("**", at);
          boolean whole = text.startsWith("**/", at) && (at == 0 || text.charAt(at - 1) == '/');
          // "a/**/b" fits "a/b" as well.
          expression.append(whole ? "(?:.*/)?" : crosses ? ".*" : "[^/]*");
          at += whole ? 3 : crosses ? 2 : 1;
        }
        case '?' -> {
          expression.append("[^/]");
          at++;
        }
        case '[' -> at = addClass(text, at, expression);
        default -> {
          expression.append(Pattern.quote(String.valueOf(c)));
          at++;
        }
      }
    }
    return expression.toString();
  }

  /** Adds {@code [...]}; returns where the text goes on. */
  private static int addClass(String text, int start, StringBuilder expression) {
    int end = text.indexOf(']', start + 2);
    if (end < 0) {
      throw new Failure(
          ErrorCode.INPUT_INVALID, "Pattern '" + text + "' lacks a closing bracket", EXPECTED);
    }
    String inner = text.substring(start + 1, end);
    boolean negated = inner.startsWith("!");
    String members = negated ? inner.substring(1) : inner;
    if (!members.matches("[-._A-Za-z0-9]+") || members.matches(".*[^-]-[^-]-.*")) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "Pattern '" + text + "': [" + inner + "] is no list of characters",
          EXPECTED);
    }
    var safe = new StringBuilder();
    for (int i = 0; i < members.length(); i++) {
      char c = members.charAt(i);
      boolean range = c == '-' && i > 0 && i < members.length() - 1;
      if (range && members.charAt(i - 1) > members.charAt(i + 1)) {
        throw new Failure(
            ErrorCode.INPUT_INVALID,
            "Pattern '" + text + "': the range in [" + inner + "] runs backwards",
            EXPECTED);
      }
      safe.append(c == '-' && !range ? "\\-" : String.valueOf(c));
    }
    expression.append(negated ? "[^/" : "[").append(safe).append(']');
    return end + 1;
  }

  /** Whether a ref fits. */
  public boolean fits(String ref) {
    return pattern.matcher(ref).matches();
  }

  /** The pattern as it was given. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RefGlob glob && glob.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
