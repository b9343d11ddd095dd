package dev.coppice.core.commit;

import java.util.HashSet;
import java.util.Set;

/**
 * Absolute paths, one a line, that are left out of the tree, directories with all that is below.
 * Source: {@code handle_skiplist_line}.
 */
public record SkipList(Set<String> paths) {
  /** Copies the set. */
  public SkipList {
    paths = Set.copyOf(paths);
  }

  /** Reads the text of a file; empty lines are skipped. */
  public static SkipList parse(String text) {
    var paths = new HashSet<String>();
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        paths.add(line);
      }
    }
    return new SkipList(paths);
  }
}
