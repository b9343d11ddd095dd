package dev.coppice.core.commit;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the kernel of a tree. Source: {@code ostree_commit_metadata_for_bootable}. */
final class Kernel {
  private static final String NEXT =
      "A bootable tree has its kernel in usr/lib/modules/RELEASE/vmlinuz.";

  private Kernel() {}

  /**
   * The name of the one directory in {@code usr/lib/modules} that has a {@code vmlinuz}.
   *
   * @throws Failure when there is none, or more than one
   */
  static String release(TreeNode root) throws IOException {
    TreeNode modules = root;
    for (String name : List.of("usr", "lib", "modules")) {
      modules = modules.dir(name);
      if (modules == null) {
        throw new Failure(
            ErrorCode.KERNEL_MISSING,
            "Opening usr/lib/modules: No such file or directory: /usr/lib/modules",
            NEXT);
      }
    }
    List<String> releases = new ArrayList<>();
    for (String release : modules.dirNames()) {
      TreeNode dir = modules.dir(release);
      if (dir != null && (dir.file("vmlinuz") != null || dir.dir("vmlinuz") != null)) {
        releases.add(release);
      }
    }
    if (releases.isEmpty()) {
      throw new Failure(ErrorCode.KERNEL_MISSING, "No kernel found in /usr/lib/modules", NEXT);
    }
    if (releases.size() > 1) {
      throw new Failure(
          ErrorCode.INPUT_INVALID, "Multiple kernels found in /usr/lib/modules", NEXT);
    }
    return releases.getFirst();
  }
}
