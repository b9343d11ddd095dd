package dev.coppice.core.config;

import dev.coppice.core.config.KeyFileGroup.Entry;
import dev.coppice.core.config.KeyFileGroup.Line;
import dev.coppice.core.config.KeyFileGroup.Note;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key file as an immutable value; editing gives a new one.
 *
 * <p>Groups, keys, unknown entries, duplicates and localized keys keep their place, and comments
 * survive. {@link #text()} of an edited file without comments is byte for byte what {@code
 * g_key_file_to_data} writes. Values come raw ({@link #raw}) or read as a type; a value that is not
 * of its type is a {@link ConfigException} that names file, group, key and value. An absent key is
 * never an error of the typed getters.
 */
public final class KeyFile {
  private final String source;
  private final List<Note> head;
  private final List<KeyFileGroup> groups;

  KeyFile(String source, List<Note> head, List<KeyFileGroup> groups) {
    this.source = source;
    this.head = List.copyOf(head);
    this.groups = List.copyOf(groups);
  }

  /** A key file without content. {@code source} is the name used in messages. */
  public static KeyFile empty(String source) {
    return new KeyFile(source, List.of(), List.of());
  }

  /**
   * Parses the text of a key file.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID}, naming {@code source} and the line
   */
  public static KeyFile parse(String text, String source) {
    return new KeyFileParser(text, source).parse();
  }

  /** Reads a key file; messages name it by {@code file}. */
  public static KeyFile read(Path file) throws IOException {
    return parse(PosixNames.decode(Files.readAllBytes(file)), file.toString());
  }

  /** The file, as named in messages. */
  public String source() {
    return source;
  }

  /** Names of the groups in file order. */
  public List<String> groups() {
    return groups.stream().map(KeyFileGroup::name).toList();
  }

  /** Whether there is such a group. */
  public boolean hasGroup(String group) {
    return find(group) != null;
  }

  /** Keys of a group in file order, each once; empty when there is no such group. */
  public List<String> keys(String group) {
    KeyFileGroup found = find(group);
    if (found == null) {
      return List.of();
    }
    var keys = new LinkedHashSet<String>();
    for (Line line : found.lines()) {
      if (line instanceof Entry entry) {
        keys.add(entry.key());
      }
    }
    return List.copyOf(keys);
  }

  /** Whether the group has the key. */
  public boolean has(String group, String key) {
    return raw(group, key).isPresent();
  }

  /** The value as written, escapes included. */
  public Optional<String> raw(String group, String key) {
    KeyFileGroup found = find(group);
    return found == null ? Optional.empty() : Optional.ofNullable(found.value(key));
  }

  /** The value with its escapes resolved. */
  public Optional<String> string(String group, String key) {
    return raw(group, key)
        .map(
            raw -> {
              String value = KeyFileValue.unescape(raw);
              if (value == null) {
                throw wrong(group, key, raw, "only the escapes \\s \\n \\t \\r \\\\");
              }
              return value;
            });
  }

  /**
   * The value with its escapes resolved, which must be there.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} when group or key is missing
   */
  public String require(String group, String key) {
    return string(group, key)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.CONFIG_INVALID,
                    hasGroup(group)
                        ? "Key file does not have key “" + key + "” in group “" + group + "”"
                        : "Key file does not have group “" + group + "”",
                    "Set it in " + source));
  }

  /** The value as a list with the separator {@code ;}; a separator at the end adds nothing. */
  public Optional<List<String>> list(String group, String key) {
    return raw(group, key)
        .map(
            raw -> {
              List<String> value = KeyFileValue.unescapeList(raw);
              if (value == null) {
                throw wrong(
                    group, key, raw, "a list with only the escapes \\s \\n \\t \\r \\\\ \\;");
              }
              return value;
            });
  }

  /** The value as a boolean: {@code true}, {@code 1}, {@code false} or {@code 0}. */
  public Optional<Boolean> bool(String group, String key) {
    return raw(group, key)
        .map(
            raw ->
                switch (raw.stripTrailing()) {
                  case "true", "1" -> Boolean.TRUE;
                  case "false", "0" -> Boolean.FALSE;
                  default -> throw wrong(group, key, raw, "a boolean (true, false, 1 or 0)");
                });
  }

  /** The value as a boolean, {@code fallback} when the key is absent. */
  public boolean bool(String group, String key, boolean fallback) {
    return bool(group, key).orElse(fallback);
  }

  /**
   * The value as a setting of three states; blanks around it are allowed.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} when it is none
   */
  public Optional<Tristate> tristate(String group, String key) {
    return raw(group, key)
        .map(
            raw ->
                Tristate.parse(raw.strip())
                    .orElseThrow(
                        () ->
                            new Failure(
                                ErrorCode.CONFIG_INVALID,
                                "Invalid tri-state value: " + raw.strip(),
                                "Use yes, no or maybe for "
                                    + group
                                    + "."
                                    + key
                                    + " in "
                                    + source)));
  }

  /** The value as a signed 32-bit integer in decimal; blanks around it are allowed. */
  public Optional<Integer> integer(String group, String key) {
    return raw(group, key)
        .map(
            raw -> {
              try {
                return Integer.parseInt(raw.strip());
              } catch (NumberFormatException e) {
                throw wrong(group, key, raw, "a whole number of at most 32 bits");
              }
            });
  }

  /** A failure about the value of a key, for callers that read values of their own kinds. */
  public ConfigException wrong(String group, String key, String value, String expected) {
    return new ConfigException(source, group, key, value, expected);
  }

  /** This file with a value that is written as it is, without escaping. */
  public KeyFile withRaw(String group, String key, String raw) {
    checkNames(group, key);
    if (raw.indexOf('\n') >= 0 || raw.indexOf('\0') >= 0) {
      throw wrong(group, key, raw, "a raw value of one line");
    }
    var changed = new ArrayList<>(groups);
    int index = indexOf(group);
    if (index >= 0) {
      changed.set(index, groups.get(index).with(key, raw));
    } else {
      changed.add(new KeyFileGroup(group, List.of(new Entry(key, raw))));
    }
    return new KeyFile(source, head, changed);
  }

  /** This file with a string value. */
  public KeyFile with(String group, String key, String value) {
    return withRaw(group, key, KeyFileValue.escape(value));
  }

  /** This file with a list value. */
  public KeyFile with(String group, String key, List<String> values) {
    return withRaw(group, key, KeyFileValue.escapeList(values));
  }

  /** This file with a boolean value. */
  public KeyFile with(String group, String key, boolean value) {
    return withRaw(group, key, value ? "true" : "false");
  }

  /** This file without the key; the group stays even when it is empty then. */
  public KeyFile without(String group, String key) {
    int index = indexOf(group);
    if (index < 0) {
      return this;
    }
    var changed = new ArrayList<>(groups);
    changed.set(index, groups.get(index).without(key));
    return new KeyFile(source, head, changed);
  }

  /** This file without the group. */
  public KeyFile withoutGroup(String group) {
    return new KeyFile(
        source, head, groups.stream().filter(each -> !each.name().equals(group)).toList());
  }

  /** This file without comments and empty lines, as GLib keeps one that it reads without flags. */
  public KeyFile withoutComments() {
    return new KeyFile(source, List.of(), groups.stream().map(KeyFileGroup::withoutNotes).toList());
  }

  /** The file's text: groups apart by an empty line, every line ended. */
  public String text() {
    var out = new StringBuilder();
    for (Note note : head) {
      out.append(note.text()).append('\n');
    }
    for (KeyFileGroup group : groups) {
      if (out.length() >= 2 && out.charAt(out.length() - 2) != '\n') {
        out.append('\n');
      }
      out.append('[').append(group.name()).append("]\n");
      for (Line line : group.lines()) {
        out.append(line.text()).append('\n');
      }
    }
    return out.toString();
  }

  /** The bytes of {@link #text()}; bytes that were not UTF-8 come back as they were. */
  public byte[] bytes() {
    return PosixNames.encode(text());
  }

  /** Replaces {@code file} with this text, as a whole. */
  public void save(Path file, Durability durability) throws IOException {
    FileReplacement.write(file, bytes(), durability);
  }

  @Override
  public String toString() {
    return source;
  }

  private @Nullable KeyFileGroup find(String group) {
    int index = indexOf(group);
    return index < 0 ? null : groups.get(index);
  }

  private int indexOf(String group) {
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).name().equals(group)) {
        return i;
      }
    }
    return -1;
  }

  private void checkNames(String group, String key) {
    if (!KeyFileParser.isGroupName(group)) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          source + ": “" + group + "” cannot be the name of a group",
          "Use a name that is not empty and has no brackets or control characters");
    }
    if (!KeyFileParser.isKeyName(key) || key.charAt(0) == '#' || key.indexOf('\n') >= 0) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          source + ": “" + key + "” cannot be the name of a key in [" + group + "]",
          "Use a name without =, brackets and blanks at its ends, not starting with #");
    }
  }
}
