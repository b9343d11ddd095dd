package dev.coppice.sysroot.bls;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.GHashOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of one boot entry as an immutable value.
 *
 * <p>Every key has one value, but for {@code initrd}: lines after its first are overlays. Keys that
 * are not known here are kept. Comments are not.
 */
public final class BootEntry {
  /** Key of the kernel command line. */
  public static final String OPTIONS = "options";

  /** Key of the number that orders the entries. */
  public static final String VERSION = "version";

  /** Key of the first initial ram disk. */
  public static final String INITRD = "initrd";

  /** An entry without content. */
  public static final BootEntry EMPTY = new BootEntry(new LinkedHashMap<>(), List.of(), null);

  /** The keys that come first, in this order. */
  private static final List<String> FIRST =
      List.of("title", VERSION, OPTIONS, "devicetree", "linux", INITRD);

  private final SequencedMap<String, String> values;
  private final List<String> overlays;
  private final @Nullable String fileName;

  private BootEntry(
      SequencedMap<String, String> values, List<String> overlays, @Nullable String fileName) {
    this.values = values;
    this.overlays = List.copyOf(overlays);
    this.fileName = fileName;
  }

  /**
   * Reads an entry. Lines that do not begin with a letter, or have no value, are skipped.
   *
   * @param fileName the name of its file, for the counters in it
   */
  public static BootEntry parse(String text, String fileName) {
    var values = new LinkedHashMap<String, String>();
    var overlays = new ArrayList<String>();
    for (String line : text.split("\n", -1)) {
      int separator = separator(line);
      if (separator > 0) {
        String key = line.substring(0, separator);
        String value = line.substring(separator + 1);
        if (key.equals(INITRD) && values.containsKey(INITRD)) {
          overlays.add(value);
        } else {
          values.put(key, value);
        }
      }
    }
    return new BootEntry(values, overlays, fileName);
  }

  /** The first blank or tab of a line that begins with an ASCII letter; -1 for other lines. */
  private static int separator(String line) {
    if (line.isEmpty() || !isLetter(line.charAt(0))) {
      return -1;
    }
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == ' ' || line.charAt(i) == '\t') {
        return i;
      }
    }
    return -1;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /** The value of a key. */
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** This entry with a key set; a key that is there keeps its place. */
  public BootEntry with(String key, String value) {
    if ((key + value).indexOf('\n') >= 0) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "A line break in '" + key + "' would break the boot entry",
          "Remove it from the argument or from the [sysroot] settings of the repository.");
    }
    var changed = new LinkedHashMap<>(values);
    changed.put(key, value);
    return new BootEntry(changed, overlays, fileName);
  }

  /** This entry with more keys set, in the order of a GHashTable, as the real tool does it. */
  public BootEntry withAll(SequencedMap<String, String> more) {
    BootEntry changed = this;
    for (String key : GHashOrder.of(List.copyOf(more.keySet()))) {
      changed = changed.with(key, more.getOrDefault(key, ""));
    }
    return changed;
  }

  /** This entry with other {@code initrd} lines after the first. */
  public BootEntry withOverlays(List<String> paths) {
    return new BootEntry(values, paths, fileName);
  }

  /** The {@code initrd} lines after the first. */
  public List<String> overlays() {
    return overlays;
  }

  /** The name of the file it was read from; empty for a new one. */
  public Optional<String> fileName() {
    return Optional.ofNullable(fileName);
  }

  /** The counters in the name of its file. */
  public BootTries tries() {
    return fileName == null ? BootTries.NONE : BootTries.ofFileName(fileName);
  }

  /** The text of the file. */
  public String text() {
    var out = new StringBuilder();
    for (String key : FIRST) {
      String value = values.get(key);
      if (value != null) {
        line(out, key, value);
      }
    }
    for (String overlay : overlays) {
      line(out, INITRD, overlay);
    }
    for (Map.Entry<String, String> each : others()) {
      line(out, each.getKey(), each.getValue());
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String key, String value) {
    out.append(key).append(' ').append(value).append('\n');
  }

  /** Keys without a place of their own, in the order in which a GHashTable gives them. */
  private List<Map.Entry<String, String>> others() {
    if (FIRST.containsAll(values.keySet())) {
      return List.of();
    }
    return GHashOrder.of(List.copyOf(values.keySet())).stream()
        .filter(key -> !FIRST.contains(key))
        .map(key -> Map.entry(key, values.getOrDefault(key, "")))
        .toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BootEntry entry
        && values.equals(entry.values)
        && overlays.equals(entry.overlays);
  }

  @Override
  public int hashCode() {
    return 31 * values.hashCode() + overlays.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
