package dev.coppice.core.config;

import dev.coppice.core.config.KeyFileGroup.Entry;
import dev.coppice.core.config.KeyFileGroup.Line;
import dev.coppice.core.config.KeyFileGroup.Note;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a key file by GKeyFile's rules. */
final class KeyFileParser {
  private final String text;
  private final String source;
  private final List<Note> head = new ArrayList<>();
  private final Map<String, List<Line>> groups = new LinkedHashMap<>();
  private @Nullable String firstGroup;
  private String currentGroup = "";
  private boolean comments;
  private int lineNumber;

  KeyFileParser(String text, String source) {
    this.text = text;
    this.source = source;
  }

  KeyFile parse() {
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int next = end < 0 ? text.length() : end + 1;
      end = end < 0 ? text.length() : end;
      if (end > start && text.charAt(end - 1) == '\r') {
        end--;
      }
      lineNumber++;
      parseLine(text.substring(start, end));
      start = next;
    }
    if (!comments) {
      // Empty lines alone are layout. They are not kept, so that a file without comments is
      // written with exactly the bytes GKeyFile writes.
      head.clear();
      groups.values().forEach(lines -> lines.removeIf(Note.class::isInstance));
    }
    var parsed = new ArrayList<KeyFileGroup>(groups.size());
    groups.forEach((name, lines) -> parsed.add(new KeyFileGroup(name, lines)));
    return new KeyFile(source, head, parsed);
  }

  private void parseLine(String line) {
    int first = skipSpace(line, 0);
    if (first == line.length() || line.charAt(first) == '#') {
      comments |= first < line.length();
      note(new Note(line));
      return;
    }
    String content = line.substring(first);
    if (content.indexOf('\0') >= 0) {
      throw invalid("a NUL byte is not allowed");
    }
    if (isGroupLine(content)) {
      openGroup(content.substring(1, content.lastIndexOf(']')));
    } else if (content.indexOf('=') > 0) {
      addEntry(content);
    } else {
      throw invalid("“" + content + "” is not a key-value pair, group, or comment");
    }
  }

  private void note(Note note) {
    if (firstGroup == null) {
      head.add(note);
    } else {
      lines().add(note);
    }
  }

  private List<Line> lines() {
    return groups.computeIfAbsent(currentGroup, name -> new ArrayList<>());
  }

  private void openGroup(String name) {
    if (!isGroupName(name)) {
      throw invalid("invalid group name “" + name + "”");
    }
    currentGroup = name;
    lines();
    if (firstGroup == null) {
      firstGroup = name;
    }
  }

  private void addEntry(String content) {
    if (firstGroup == null) {
      throw invalid("the first key stands before any group");
    }
    int equals = content.indexOf('=');
    int keyEnd = equals;
    while (keyEnd > 0 && isSpace(content.charAt(keyEnd - 1))) {
      keyEnd--;
    }
    String key = content.substring(0, keyEnd);
    if (!isKeyName(key)) {
      throw invalid("invalid key name “" + key + "”");
    }
    String value = content.substring(skipSpace(content, equals + 1));
    if (key.equals("Encoding")
        && currentGroup.equals(firstGroup)
        && !value.toUpperCase(Locale.ROOT).equals("UTF-8")) {
      throw invalid("unsupported encoding “" + value + "”");
    }
    lines().add(new Entry(key, value));
  }

  private Failure invalid(String cause) {
    return new Failure(
        ErrorCode.CONFIG_INVALID,
        source + ", line " + lineNumber + ": " + cause,
        "Correct this line; the form is [group] followed by key=value lines");
  }

  /** {@code [name]} with nothing but blanks behind. */
  private static boolean isGroupLine(String content) {
    if (content.charAt(0) != '[') {
      return false;
    }
    int close = content.indexOf(']');
    if (close < 0) {
      return false;
    }
    for (int i = close + 1; i < content.length(); i++) {
      if (content.charAt(i) != ' ' && content.charAt(i) != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Not empty, without brackets and ASCII control characters. */
  static boolean isGroupName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char ch = name.charAt(i);
      if (ch == '[' || ch == ']' || ch < ' ' || ch == 0x7f) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** Not empty, no blank at either end, no {@code =}; brackets only around a locale at the end. */
  static boolean isKeyName(String name) {
    int end = 0;
    while (end < name.length() && "=[]".indexOf(name.charAt(end)) < 0) {
      end++;
    }
    if (end == 0 || name.charAt(0) == ' ' || name.charAt(end - 1) == ' ') {
      return false;
    }
    if (end == name.length()) {
      return true;
    }
    if (name.charAt(end) != '[' || name.charAt(name.length() - 1) != ']') {
      return false;
    }
    for (int i = end + 1; i < name.length() - 1; i++) {
      char ch = name.charAt(i);
      if (!Character.isLetterOrDigit(ch) && "-_.@".indexOf(ch) < 0) {
        return false;
      }
    }
    return true;
  }

  static int skipSpace(String text, int from) {
    int index = from;
    while (index < text.length() && isSpace(text.charAt(index))) {
      index++;
    }
    return index;
  }

  static boolean isSpace(char ch) {
    return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r' || ch == '\f';
  }
}
