package dev.coppice.sysroot;

import dev.coppice.core.config.KeyFile;
import java.util.Optional;

/**
 * Where a deployment comes from and how it is updated: the key file beside it.
 *
 * @param file the key file; keys that are not known here are kept by all edits, comments are not
 */
public record Origin(KeyFile file) {
  /** Drops comments, as the real tool does. */
  public Origin {
    file = file.withoutComments();
  }

  private static final String GROUP = "origin";
  private static final String TRANSIENT = "libostree-transient";

  /** An origin that follows a ref. */
  public static Origin ofRefspec(String refspec) {
    return new Origin(KeyFile.empty("origin").with(GROUP, "refspec", refspec));
  }

  /** The ref it follows. */
  public Optional<String> refspec() {
    return file.string(GROUP, "refspec");
  }

  /** Whether the deployment is to be kept until somebody removes it by its index. */
  public boolean isPinned() {
    return file.raw(TRANSIENT, "pinned")
        .map(String::stripTrailing)
        .filter(value -> value.equals("true") || value.equals("1"))
        .isPresent();
  }

  /** This origin with or without the pin. */
  public Origin withPinned(boolean pinned) {
    return new Origin(
        pinned ? file.with(TRANSIENT, "pinned", true) : file.without(TRANSIENT, "pinned"));
  }

  /** Whether the deployment was unlocked for good. */
  public boolean isHotfix() {
    return file.string(GROUP, "unlocked").filter("hotfix"::equals).isPresent();
  }
}
