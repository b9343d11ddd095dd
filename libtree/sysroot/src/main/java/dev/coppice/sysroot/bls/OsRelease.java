package dev.coppice.sysroot.bls;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The variables of an {@code os-release} file.
 *
 * <p>Source: os-release(5), {@code parse_os_release}. A value is unquoted as a shell does; a line
 * whose quotes do not close is skipped, and of a variable that stands twice the last counts.
 *
 * @param values the variables
 */
public record OsRelease(Map<String, String> values) {
  /** Copies the map. */
  public OsRelease {
    values = Map.copyOf(values);
  }

  /** Reads the text of the file. */
  public static OsRelease parse(String text) {
    var values = new HashMap<String, String>();
    for (String line : text.split("\n", -1)) {
      int eq = line.indexOf('=');
      if (eq >= 0 && !line.startsWith("#")) {
        String value = unquote(line.substring(eq + 1));
        if (value != null) {
          values.put(line.substring(0, eq), value);
        }
      }
    }
    return new OsRelease(values);
  }

  /** The name for people: PRETTY_NAME, or ID without one. */
  public Optional<String> title() {
    return Optional.ofNullable(values.get("PRETTY_NAME"))
        .or(() -> Optional.ofNullable(values.get("ID")));
  }

  /** Removes shell quotes, or returns null when one is not closed. */
  private static @Nullable String unquote(String text) {
    var out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        int end = quoted(text, i + 1, c, out);
        if (end < 0) {
          return null;
        }
        i = end;
      } else if (c == '\\') {
        if (i + 1 == text.length()) {
          return null;
        }
        if (text.charAt(i + 1) != '\n') {
          out.append(text.charAt(i + 1));
        }
        i += 2;
      } else {
        out.append(c);
        i++;
      }
    }
    return out.toString();
  }

  /** Takes over what is inside quotes; returns the place behind them, -1 when they do not close. */
  private static int quoted(String text, int start, char quote, StringBuilder out) {
    int i = start;
    while (i < text.length() && text.charAt(i) != quote) {
      char c = text.charAt(i);
      if (quote == '"' && c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(i + 1);
        // Inside double quotes a backslash escapes only these.
        if ("\"\\`$\n".indexOf(next) >= 0) {
          out.append(next);
          i += 2;
          continue;
        }
      }
      out.append(c);
      i++;
    }
    return i < text.length() ? i + 1 : -1;
  }
}
