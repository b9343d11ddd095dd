package dev.coppice.core.ref;

/** The three places of refs in a repository. */
public enum RefPlace {
  /** {@code refs/heads}: this repository's own. */
  HEADS,
  /** {@code refs/mirrors}: of other collections. */
  MIRRORS,
  /** {@code refs/remotes}: of remotes, as of the last pull. */
  REMOTES
}
