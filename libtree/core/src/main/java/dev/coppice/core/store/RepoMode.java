package dev.coppice.core.store;

import java.util.Optional;

/**
 * How a repository keeps file objects. Source: {@code ostree_repo_mode_to_string} and formats of
 * the modes.
 */
public enum RepoMode {
  /** Files as they are, with owner, mode and extended attributes. */
  BARE("bare"),
  /**
   * Content in plain files of the user, everything else in the attribute {@code user.ostreemeta}.
   */
  BARE_USER("bare-user"),
  /** Content and permissions only; owner 0:0 and no attributes are implied. */
  BARE_USER_ONLY("bare-user-only"),
  /** Compressed content behind a header: for serving over HTTP. */
  ARCHIVE("archive-z2"),
  /**
   * Content in plain files, attributes in objects of their own: as found inside container images.
   */
  BARE_SPLIT_XATTRS("bare-split-xattrs");

  private final String configName;

  RepoMode(String configName) {
    this.configName = configName;
  }

  /** The value of {@code core.mode}. */
  public String configName() {
    return configName;
  }

  /**
   * The mode of a value of {@code core.mode} or of {@code --mode}, which knows {@code archive} as
   * well.
   */
  public static Optional<RepoMode> parse(String text) {
    if (text.equals("archive")) {
      return Optional.of(ARCHIVE);
    }
    for (RepoMode mode : values()) {
      if (mode.configName.equals(text)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  /** Whether file objects can be linked into a checkout. */
  public boolean isBare() {
    return this != ARCHIVE;
  }
}
