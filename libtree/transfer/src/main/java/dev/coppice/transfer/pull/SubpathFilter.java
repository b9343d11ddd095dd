package dev.coppice.transfer.pull;

import java.util.List;

/**
 * Which paths of a tree are wanted: those asked for, what is below them, and the directories that
 * lead to them. Source: {@code pull_matches_subdir}.
 *
 * @param subpaths paths from {@code /}, without a slash at the end; empty: everything is wanted
 */
record SubpathFilter(List<String> subpaths) {
  static SubpathFilter of(List<String> subpaths) {
    return new SubpathFilter(subpaths.stream().map(SubpathFilter::withoutSlash).toList());
  }

  private static String withoutSlash(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** Whether a file is wanted. */
  boolean wantsFile(String path) {
    return wantsAll(path);
  }

  /** Whether a directory is wanted, or leads to something that is. */
  boolean wantsDirectory(String path) {
    return wantsAll(path) || subpaths.stream().anyMatch(wanted -> wanted.startsWith(path + "/"));
  }

  /** Whether everything below a path is wanted. */
  boolean wantsAll(String path) {
    return subpaths.isEmpty()
        || subpaths.stream()
            .anyMatch(wanted -> path.equals(wanted) || path.startsWith(wanted + "/"));
  }
}
