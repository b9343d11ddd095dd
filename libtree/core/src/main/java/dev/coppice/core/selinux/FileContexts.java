package dev.coppice.core.selinux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all {@code file_contexts} of a policy. Immutable; for several threads.
 *
 * <p>The last line that fits wins, lines without special characters before all others. Source:
 * {@code lookup_all} of libselinux.
 */
final class FileContexts {
  /** Lines by the first name of the path they begin with; the others are under "". */
  private final Map<String, List<Numbered>> byStem = new HashMap<>();

  private record Numbered(int number, FileSpec spec) {}

  FileContexts(List<FileSpec> lines) {
    int number = 0;
    for (FileSpec spec : lines) {
      if (!spec.isExact()) {
        add(number++, spec);
      }
    }
    for (FileSpec spec : lines) {
      if (spec.isExact()) {
        add(number++, spec);
      }
    }
  }

  private void add(int number, FileSpec spec) {
    byStem
        .computeIfAbsent(stem(spec.literal()), key -> new ArrayList<>())
        .add(new Numbered(number, spec));
  }

  /** {@code /usr} of {@code /usr/bin}; empty when there is no second slash. */
  private static String stem(String path) {
    int slash = path.startsWith("/") ? path.indexOf('/', 1) : -1;
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The line that a path gets its label from, or null. */
  @Nullable FileSpec find(String path, int mode) {
    String stem = stem(path);
    Numbered inStem = stem.isEmpty() ? null : last(stem, path, mode);
    Numbered elsewhere = last("", path, mode);
    if (inStem == null || (elsewhere != null && elsewhere.number > inStem.number)) {
      return elsewhere == null ? null : elsewhere.spec;
    }
    return inStem.spec;
  }

  private @Nullable Numbered last(String stem, String path, int mode) {
    List<Numbered> lines = byStem.getOrDefault(stem, List.of());
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).spec.matches(path, mode)) {
        return lines.get(i);
      }
    }
    return null;
  }
}
