package dev.coppice.cli.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Writes JSON, indented by two spaces, with a newline at the end.
 *
 * <p>A library would cost more start-up time than a short command has. Strings are escaped as RFC
 * 8259 demands; lone surrogates (bytes of file names that are not UTF-8) are written as {@code
 * \\udcXX}, so that the output is always valid.
 *
 * <pre>{@code
 * new JsonWriter(console.out()).object().field("rev", hex).array("refs").value("a").end().end();
 * }</pre>
 */
public final class JsonWriter {
  private final Output out;
  private final Deque<Character> open = new ArrayDeque<>();
  private boolean empty = true;
  private boolean named;

  /** Writes to the given output. */
  public JsonWriter(Output out) {
    this.out = out;
  }

  /** Opens an object as the document, as an element, or as the value of {@link #name}. */
  public JsonWriter object() {
    return open('{', '}');
  }

  /** Opens an object as the value of a field. */
  public JsonWriter object(String name) {
    return name(name).object();
  }

  /** Opens an array as the document, as an element, or as the value of {@link #name}. */
  public JsonWriter array() {
    return open('[', ']');
  }

  /** Opens an array as the value of a field. */
  public JsonWriter array(String name) {
    return name(name).array();
  }

  /** Closes the innermost object or array. */
  public JsonWriter end() {
    char close = open.pop();
    if (!empty) {
      newline();
    }
    empty = false;
    out.print(String.valueOf(close));
    if (open.isEmpty()) {
      out.print("\n");
    }
    return this;
  }

  /** Starts a field of the open object. */
  public JsonWriter name(String name) {
    separate();
    out.print(quote(name) + ": ");
    named = true;
    return this;
  }

  /** A string value. */
  public JsonWriter value(String value) {
    return raw(quote(value));
  }

  /** A number. */
  public JsonWriter value(long value) {
    return raw(Long.toString(value));
  }

  /** A truth value. */
  public JsonWriter value(boolean value) {
    return raw(Boolean.toString(value));
  }

  /** The absence of a value. */
  public JsonWriter nothing() {
    return raw("null");
  }

  /** A field with a string. */
  public JsonWriter field(String name, String value) {
    return name(name).value(value);
  }

  /** A field with a number. */
  public JsonWriter field(String name, long value) {
    return name(name).value(value);
  }

  /** A field with a truth value. */
  public JsonWriter field(String name, boolean value) {
    return name(name).value(value);
  }

  /** A field with an array of strings. */
  public JsonWriter field(String name, List<String> values) {
    array(name);
    values.forEach(this::value);
    return end();
  }

  private JsonWriter open(char open, char close) {
    separate();
    out.print(String.valueOf(open));
    this.open.push(close);
    empty = true;
    return this;
  }

  private JsonWriter raw(String text) {
    separate();
    out.print(text);
    if (open.isEmpty()) {
      out.print("\n");
    }
    return this;
  }

  private void separate() {
    if (named) {
      named = false;
      return;
    }
    if (open.isEmpty()) {
      return;
    }
    if (!empty) {
      out.print(",");
    }
    newline();
    empty = false;
  }

  private void newline() {
    out.print("\n" + "  ".repeat(open.size()));
  }

  /**
   * A string in quotation marks, with the short escapes where there are any, as json-glib has it.
   */
  public static String quote(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f || isLone(text, i)) {
            unicode(quoted, c);
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  private static boolean isLone(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private static void unicode(StringBuilder quoted, char c) {
    quoted.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      quoted.append(Character.forDigit(c >> shift & 0xF, 16));
    }
  }
}
