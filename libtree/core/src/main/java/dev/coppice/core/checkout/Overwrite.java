package dev.coppice.core.checkout;

/** What happens to a name that exists in the destination. */
public enum Overwrite {
  /** The checkout fails; so it does when the destination itself exists. */
  REFUSE,
  /** Directories are kept and entered, files are replaced. */
  REPLACE_FILES,
  /** Directories are kept and entered, files are kept. */
  KEEP_FILES,
  /** Directories are kept and entered; a file that is not the same as ours is an error. */
  ONLY_IDENTICAL
}
