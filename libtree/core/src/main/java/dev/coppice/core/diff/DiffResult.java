package dev.coppice.core.diff;

import java.util.List;

/**
 * How two trees differ. Paths are relative to the roots, without a slash in front.
 *
 * @param modified files and directories that are on both sides with different content, owner, mode,
 *     attributes or kind
 * @param removed what only the older side has; of a directory only itself is listed
 * @param added what only the newer side has, with everything in added directories
 */
public record DiffResult(List<String> modified, List<String> removed, List<String> added) {
  /** Copies the lists. */
  public DiffResult {
    modified = List.copyOf(modified);
    removed = List.copyOf(removed);
    added = List.copyOf(added);
  }
}
