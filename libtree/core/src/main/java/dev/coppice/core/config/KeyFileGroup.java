package dev.coppice.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group with its lines in file order. A key may stand twice; the later one counts, and both are
 * kept, as GKeyFile does.
 */
record KeyFileGroup(String name, List<Line> lines) {
  /** A line of a group. */
  sealed interface Line permits Entry, Note {
    /** The line as written, without its end. */
    String text();
  }

  /** {@code key=value}, the value with its escapes. */
  record Entry(String key, String value) implements Line {
    @Override
    public String text() {
      return key + "=" + value;
    }
  }

  /** A comment or an empty line. */
  record Note(String text) implements Line {}

  KeyFileGroup {
    lines = List.copyOf(lines);
  }

  /** The raw value of {@code key}, or null. */
  @Nullable String value(String key) {
    int index = indexOf(key);
    return index < 0 ? null : ((Entry) lines.get(index)).value();
  }

  /** This group with {@code key} replaced, or added below the last key. */
  KeyFileGroup with(String key, String value) {
    var changed = new ArrayList<>(lines);
    int index = indexOf(key);
    var entry = new Entry(key, value);
    if (index >= 0) {
      changed.set(index, entry);
    } else {
      changed.add(afterLastEntry(), entry);
    }
    return new KeyFileGroup(name, changed);
  }

  /** This group without the counting occurrence of {@code key}. */
  KeyFileGroup without(String key) {
    int index = indexOf(key);
    if (index < 0) {
      return this;
    }
    var changed = new ArrayList<>(lines);
    changed.remove(index);
    return new KeyFileGroup(name, changed);
  }

  /** This group without comments and empty lines. */
  KeyFileGroup withoutNotes() {
    return new KeyFileGroup(name, lines.stream().filter(Entry.class::isInstance).toList());
  }

  private int indexOf(String key) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i) instanceof Entry entry && entry.key().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** Notes at the end mostly belong to the group that follows, so a new key goes above them. */
  private int afterLastEntry() {
    for (int i = lines.size(); i > 0; i--) {
      if (lines.get(i - 1) instanceof Entry) {
        return i;
      }
    }
    return 0;
  }
}
