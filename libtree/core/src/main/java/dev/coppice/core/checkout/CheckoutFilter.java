package dev.coppice.core.checkout;

/** Leaves parts of a tree out. Called by several threads. */
@FunctionalInterface
public interface CheckoutFilter {
  /** Leaves nothing out. */
  CheckoutFilter NONE = path -> false;

  /**
   * Whether to leave out a file, or a directory with all that is in it.
   *
   * @param path from the root of what is checked out: {@code /usr/bin/ls}, with a slash at the end
   *     for a directory, {@code /usr/bin/}
   */
  boolean skips(String path);
}
