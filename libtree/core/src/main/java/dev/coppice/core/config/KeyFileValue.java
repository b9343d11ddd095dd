package dev.coppice.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Escapes of values: {@code \s \n \t \r \\}, and in lists a backslash before the separator {@code
 * ;}.
 */
final class KeyFileValue {
  static final char SEPARATOR = ';';

  private KeyFileValue() {}

  /**
   * The raw form of a string. Blanks are escaped only at the start, where they would be lost, as a
   * form feed is: for that GKeyFile has no escape.
   */
  static String escape(String value) {
    var out = new StringBuilder(value.length());
    escape(value, out, false);
    return out.toString();
  }

  /** The raw form of a list: each element escaped and followed by a separator. */
  static String escapeList(List<String> values) {
    var out = new StringBuilder();
    for (String value : values) {
      escape(value, out, true);
      out.append(SEPARATOR);
    }
    return out.toString();
  }

  private static void escape(String value, StringBuilder out, boolean inList) {
    boolean leading = true;
    for (int i = 0; i < value.length(); i++) {
      char ch = value.charAt(i);
      switch (ch) {
        case ' ' -> out.append(leading ? "\\s" : " ");
        case '\t' -> out.append(leading ? "\\t" : "\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\\' -> {
          out.append("\\\\");
          leading = false;
        }
        default -> {
          boolean separator = inList && ch == SEPARATOR;
          if (separator) {
            out.append('\\');
          }
          out.append(ch);
          leading = separator;
        }
      }
    }
  }

  /** The string behind a raw value, or null when an escape is unknown or unfinished. */
  static @Nullable String unescape(String raw) {
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    var out = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char ch = raw.charAt(i);
      if (ch == '\\') {
        i++;
        int plain = i < raw.length() ? unescaped(raw.charAt(i)) : -1;
        if (plain < 0) {
          return null;
        }
        ch = (char) plain;
      }
      out.append(ch);
    }
    return out.toString();
  }

  /** The elements of a raw list, or null when an escape is unknown or unfinished. */
  static @Nullable List<String> unescapeList(String raw) {
    var elements = new ArrayList<String>();
    var element = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      char ch = raw.charAt(i);
      if (ch == SEPARATOR) {
        elements.add(element.toString());
        element.setLength(0);
      } else if (ch != '\\') {
        element.append(ch);
      } else {
        i++;
        int next = i < raw.length() ? raw.charAt(i) : -1;
        int plain = next == SEPARATOR ? next : unescaped(next);
        if (plain < 0) {
          return null;
        }
        element.append((char) plain);
      }
    }
    if (!element.isEmpty()) {
      elements.add(element.toString());
    }
    return List.copyOf(elements);
  }

  private static int unescaped(int escape) {
    return switch (escape) {
      case 's' -> ' ';
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '\\' -> '\\';
      default -> -1;
    };
  }
}
