package dev.coppice.core.commit;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import java.util.List;

/** Paths of a list that are in none of the trees. */
public final class UnmatchedPathsException extends TreeException {
  private static final long serialVersionUID = 1L;

  private final String list;
  private final List<String> paths;

  UnmatchedPathsException(String list, List<String> paths) {
    super(
        ErrorCode.PATH_NOT_FOUND,
        "Unmatched " + list + " paths",
        "Paths are absolute, with the root of the tree as /; each must be in a source.",
        null);
    this.list = list;
    this.paths = List.copyOf(paths);
  }

  /** Which list: {@code statoverride} or {@code skip-list}. */
  public String list() {
    return list;
  }

  /** The paths, sorted. */
  public List<String> paths() {
    return paths;
  }
}
