package dev.coppice.core.commit;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.Locale;
import java.util.regex.Matcher;

/** The replacement texts of {@code g_regex_replace}, as GLib documents them. */
final class Replacement {
  private final String text;
  private int at;

  /** What becomes of the next letter. */
  private enum Case {
    KEEP,
    UPPER,
    LOWER
  }

  private Replacement(String text) {
    this.text = text;
  }

  /**
   * Checks that a replacement can be read.
   *
   * @throws Failure when it cannot
   */
  static void check(String text) {
    var replacement = new Replacement(text);
    while (replacement.at < text.length()) {
      replacement.next(null);
    }
  }

  /** Appends a replacement for one match. */
  static void append(String text, Matcher match, StringBuilder out) {
    var replacement = new Replacement(text);
    Case all = Case.KEEP;
    Case one = Case.KEEP;
    while (replacement.at < text.length()) {
      String piece = replacement.next(match);
      switch (piece) {
        case "\\l" -> one = Case.LOWER;
        case "\\u" -> one = Case.UPPER;
        case "\\L" -> all = Case.LOWER;
        case "\\U" -> all = Case.UPPER;
        case "\\E" -> all = Case.KEEP;
        default -> {
          String cased = change(piece, all);
          if (!cased.isEmpty() && one != Case.KEEP) {
            int first = cased.offsetByCodePoints(0, 1);
            cased = change(cased.substring(0, first), one) + cased.substring(first);
            one = Case.KEEP;
          }
          out.append(cased);
        }
      }
    }
  }

  private static String change(String piece, Case to) {
    return switch (to) {
      case KEEP -> piece;
      case UPPER -> piece.toUpperCase(Locale.ROOT);
      case LOWER -> piece.toLowerCase(Locale.ROOT);
    };
  }

  /** The next piece of text; a case change comes as it stands. Without a match groups are empty. */
  private String next(@org.jspecify.annotations.Nullable Matcher match) {
    int escape = text.indexOf('\\', at);
    if (escape != at) {
      int end = escape < 0 ? text.length() : escape;
      String literal = text.substring(at, end);
      at = end;
      return literal;
    }
    if (at + 1 >= text.length()) {
      throw wrong("stray final “\\”");
    }
    char letter = text.charAt(at + 1);
    at += 2;
    return switch (letter) {
      case 't' -> "\t";
      case 'n' -> "\n";
      case 'v' -> "\013";
      case 'r' -> "\r";
      case 'f' -> "\f";
      case 'a' -> "\007";
      case 'b' -> "\b";
      case '\\' -> "\\";
      case 'l', 'u', 'L', 'U', 'E' -> "\\" + letter;
      case 'x' -> hex();
      case 'g' -> group(name(), match);
      default -> {
        if (letter < '0' || letter > '9') {
          throw wrong("unknown escape sequence");
        }
        yield number(letter, match);
      }
    };
  }

  private String number(char first, @org.jspecify.annotations.Nullable Matcher match) {
    if (first == '0') {
      int start = at;
      while (at < text.length() && at - start < 3 && "01234567".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      if (at > start) {
        return Character.toString(Integer.parseInt(text.substring(start, at), 8));
      }
      return group("0", match);
    }
    return group(Character.toString(first), match);
  }

  private String hex() {
    boolean braces = at < text.length() && text.charAt(at) == '{';
    int start = braces ? at + 1 : at;
    int end = start;
    while (end < text.length()
        && Character.digit(text.charAt(end), 16) >= 0
        && (braces ? end - start < 6 : end - start < 2)) {
      end++;
    }
    boolean closed = !braces || (end < text.length() && text.charAt(end) == '}');
    if (!closed || (braces ? end == start : end - start != 2)) {
      throw wrong("hexadecimal digit expected");
    }
    at = braces ? end + 1 : end;
    int code = Integer.parseInt(text.substring(start, end), 16);
    if (!Character.isValidCodePoint(code)) {
      throw wrong("too large a number");
    }
    return Character.toString(code);
  }

  private String name() {
    int end = text.indexOf('>', at);
    if (at >= text.length() || text.charAt(at) != '<' || end < 0) {
      throw wrong("missing “<” or “>” in symbolic reference");
    }
    String name = text.substring(at + 1, end);
    if (name.isEmpty()) {
      throw wrong("zero-length symbolic reference");
    }
    at = end + 1;
    return name;
  }

  private String group(String name, @org.jspecify.annotations.Nullable Matcher match) {
    if (match == null) {
      return "";
    }
    boolean digits = name.chars().allMatch(c -> c >= '0' && c <= '9');
    String found;
    if (digits) {
      int number = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
      found = number <= match.groupCount() ? match.group(number) : null;
    } else {
      found = match.namedGroups().containsKey(name) ? match.group(name) : null;
    }
    return found == null ? "" : found;
  }

  private Failure wrong(String reason) {
    return new Failure(
        ErrorCode.INPUT_INVALID,
        "--tar-pathname-filter: Error while parsing replacement text “"
            + text
            + "” at char "
            + at
            + ": "
            + reason,
        "Write \\\\ for a backslash.");
  }
}
