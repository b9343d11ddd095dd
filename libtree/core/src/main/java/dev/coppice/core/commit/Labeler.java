package dev.coppice.core.commit;

import org.jspecify.annotations.Nullable;

/** Tells the SELinux label of a path. For several threads. */
interface Labeler {
  /**
   * The label, or null when the policy has none.
   *
   * @param path absolute
   * @param mode of which only the type counts
   */
  @Nullable String label(String path, int mode);
}
