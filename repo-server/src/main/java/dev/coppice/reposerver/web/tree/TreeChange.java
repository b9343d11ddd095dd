package dev.coppice.reposerver.web.tree;

import dev.coppice.core.tree.TreeLookup.Found;
import java.util.Optional;

/**
 * A path that two trees differ in.
 *
 * @param path from the root
 * @param from what the older tree has there
 * @param to what the newer tree has there
 * @param sizeFrom bytes of a file in the older tree; 0 for all else
 * @param sizeTo bytes of a file in the newer tree; 0 for all else
 */
public record TreeChange(
    String path, Optional<Found> from, Optional<Found> to, long sizeFrom, long sizeTo) {
  /** What happened to a path. */
  public enum Kind {
    /** Only the newer tree has it. */
    ADDED,
    /** Only the older tree has it. */
    REMOVED,
    /** Both have it, with other content, owner, mode, attributes or of another kind. */
    MODIFIED
  }

  /** What happened. */
  public Kind kind() {
    if (from.isEmpty()) {
      return Kind.ADDED;
    }
    return to.isEmpty() ? Kind.REMOVED : Kind.MODIFIED;
  }
}
