package dev.coppice.core.selinux;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code file_contexts}: which paths, which type of file, which label.
 *
 * <p>The expression is compiled when a path first gets that far: most never do.
 */
final class FileSpec {
  /** The label of paths that get none. */
  private static final String NONE = "<<none>>";

  private static final int TYPE = 0170000;

  private final String expression;
  private final int type;
  private final String label;
  private final String literal;
  private final boolean exact;
  private volatile @Nullable Pattern pattern;

  private FileSpec(String expression, int type, String label) {
    this.expression = expression;
    this.type = type;
    this.label = label;
    int length = literalLength(expression);
    this.literal = expression.substring(0, length);
    this.exact = !hasMeta(expression);
  }

  /**
   * Reads a line; null when it is empty, a comment, or not of a form that libselinux takes.
   *
   * @throws PatternSyntaxException never: expressions are compiled later
   */
  static @Nullable FileSpec parse(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return null;
    }
    String[] fields = text.split("[ \t]+", 4);
    if (fields.length == 2) {
      return new FileSpec(fields[0], 0, fields[1]);
    }
    if (fields.length < 2 || type(fields[1]) < 0) {
      return null;
    }
    return new FileSpec(fields[0], type(fields[1]), fields[2]);
  }

  private static int type(String text) {
    return switch (text) {
      case "--" -> 0100000;
      case "-d" -> 0040000;
      case "-l" -> 0120000;
      case "-c" -> 0020000;
      case "-b" -> 0060000;
      case "-s" -> 0140000;
      case "-p" -> 0010000;
      default -> -1;
    };
  }

  /** Whether the expression has no special characters; such lines win over all others. */
  boolean isExact() {
    return exact;
  }

  /** The start that a path must have. */
  String literal() {
    return literal;
  }

  /** The label, or null for paths that get none. */
  @Nullable String label() {
    return label.equals(NONE) ? null : label;
  }

  /** Whether the line is about this path. */
  boolean matches(String path, int mode) {
    int wanted = mode & TYPE;
    if (wanted != 0 && type != 0 && wanted != type) {
      return false;
    }
    return path.startsWith(literal) && pattern().matcher(path).matches();
  }

  private Pattern pattern() {
    Pattern compiled = pattern;
    if (compiled == null) {
      compiled = Pattern.compile(expression, Pattern.DOTALL);
      pattern = compiled;
    }
    return compiled;
  }

  private static boolean isMeta(char c) {
    return ".^$?*+|[({".indexOf(c) >= 0;
  }

  private static boolean hasMeta(String expression) {
    for (int i = 0; i < expression.length(); i++) {
      if (expression.charAt(i) == '\\') {
        i++;
      } else if (isMeta(expression.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** How much of the expression stands for itself; 0 where an alternative may replace it. */
  private static int literalLength(String expression) {
    int depth = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == '|' && depth == 0) {
        return 0;
      }
    }
    int end = 0;
    while (end < expression.length()
        && expression.charAt(end) != '\\'
        && !isMeta(expression.charAt(end))) {
      end++;
    }
    boolean optional = end < expression.length() && "?*{".indexOf(expression.charAt(end)) >= 0;
    return optional && end > 0 ? end - 1 : end;
  }

  @Override
  public String toString() {
    return expression;
  }
}
