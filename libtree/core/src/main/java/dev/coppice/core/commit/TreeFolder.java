package dev.coppice.core.commit;

import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.util.List;

/**
 * Turns the tree into directory objects, deepest directories first, those of one depth in parallel.
 */
final class TreeFolder {
  /** Directories of one job. */
  private static final int BATCH = 32;

  private TreeFolder() {}

  /** The tree and metadata of a root. */
  record Root(Checksum tree, Checksum meta) {}

  /** Writes all directories that were changed; every file must have its checksum. */
  static Root fold(Build build, TreeNode root) throws IOException {
    Checksum meta = root.requireMeta();
    for (List<TreeNode> level : root.changedByDepth().reversed()) {
      for (int from = 0; from < level.size(); from += BATCH) {
        List<TreeNode> part = level.subList(from, Math.min(from + BATCH, level.size()));
        build.pool().submit(() -> write(build, part), 0, 1);
      }
      build.pool().await();
    }
    Checksum tree = root.content();
    if (tree == null) {
      throw new IllegalStateException("the root was not folded");
    }
    return new Root(tree, meta);
  }

  private static void write(Build build, List<TreeNode> nodes) throws IOException {
    for (TreeNode node : nodes) {
      node.setContent(build.transaction().writeTree(node.toDirTree()));
    }
  }
}
