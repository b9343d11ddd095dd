package dev.coppice.core.commit;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hard links inside an archive, put into the tree when all entries were read: neither order nor
 * which of the names has the content is certain. Source: {@code aic_import_deferred_hardlinks}.
 */
final class DeferredLinks {
  private record Link(TreeNode parent, String name, boolean hasContent) {}

  private final TreeNode root;
  private final Map<String, List<Link>> byTarget = new LinkedHashMap<>();

  DeferredLinks(TreeNode root) {
    this.root = root;
  }

  /** Remembers a link; one that has content is in the tree already. */
  void add(String target, TreeNode parent, String name, boolean hasContent) {
    byTarget
        .computeIfAbsent(target, key -> new ArrayList<>())
        .add(new Link(parent, name, hasContent));
  }

  /**
   * Puts all links into the tree.
   *
   * @throws Failure when a target is missing or a directory
   */
  void resolve() throws IOException {
    for (var entry : byTarget.entrySet()) {
      resolve(entry.getKey(), entry.getValue());
    }
  }

  private void resolve(String target, List<Link> links) throws IOException {
    List<String> names = TarPaths.components(target);
    if (names.isEmpty()) {
      throw missing(target);
    }
    TreeNode parent = root;
    for (String name : names.subList(0, names.size() - 1)) {
      TreeNode next = parent.dir(name);
      if (next == null) {
        throw missing(target);
      }
      parent = next;
    }
    String last = names.getLast();
    Link content = null;
    for (Link link : links) {
      if (link.hasContent()) {
        content = link;
        break;
      }
    }
    if (content != null) {
      parent.putFile(last, require(content.parent().file(content.name()), target));
    }
    FileSlot slot = require(parent.file(last), target);
    for (Link link : links) {
      if (!link.equals(content)) {
        link.parent().putFile(link.name(), slot);
      }
    }
  }

  private static FileSlot require(@Nullable FileSlot slot, String target) {
    if (slot == null) {
      throw missing(target);
    }
    return slot;
  }

  private static Failure missing(String target) {
    return new Failure(
        ErrorCode.PATH_NOT_FOUND,
        "ostree-tar: Processing deferred hardlink "
            + target
            + ": Failed to find object: No such file or directory: "
            + TarPaths.name(target),
        "The archive has a hard link to a file that is not in it.");
  }
}
