package dev.coppice.core.ref;

/** Where a ref without a remote is looked for. */
public enum RefScope {
  /** Only among the refs of this repository and its parents. */
  LOCAL,
  /** Also as {@code remote/ref}, and then by that name under each remote. */
  REMOTES_TOO
}
