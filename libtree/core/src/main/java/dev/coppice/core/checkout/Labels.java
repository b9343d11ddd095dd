package dev.coppice.core.checkout;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** SELinux labels by path. Called by several threads. */
@FunctionalInterface
public interface Labels {
  /** The attribute that holds a label. */
  String ATTRIBUTE = "security.selinux";

  /** Labels nothing: files keep the labels that the commit records. */
  Labels NONE = (path, mode) -> null;

  /**
   * The label of a file, or null when the policy has none for it.
   *
   * @param path absolute, without a slash at the end
   * @param mode type and permissions
   */
  @Nullable String label(String path, int mode) throws IOException;
}
