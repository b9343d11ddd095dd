package dev.coppice.reposerver.web.tree;

import dev.coppice.reposerver.web.tree.TreeChange.Kind;
import java.util.List;

/**
 * How two trees differ, in the order of paths.
 *
 * @param complete whether these are all the changes; false where there were too many
 */
public record TreeChanges(List<TreeChange> changes, boolean complete) {
  /** Copies the list. */
  public TreeChanges {
    changes = List.copyOf(changes);
  }

  /** Number of changes of a kind. */
  public long count(Kind kind) {
    return changes.stream().filter(change -> change.kind() == kind).count();
  }

  /** Bytes by which files became more, or fewer where it is negative. */
  public long growth() {
    return changes.stream().mapToLong(change -> change.sizeTo() - change.sizeFrom()).sum();
  }
}
