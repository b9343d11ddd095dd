package dev.coppice.core.commit;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names in archives as paths inside the tree. Source: {@code path_relative}. */
final class TarPaths {
  private final Optional<PathnameFilter> filter;

  TarPaths(Optional<PathnameFilter> filter) {
    this.filter = filter;
  }

  /**
   * A name as path without leading slash; empty for the root.
   *
   * @throws Failure when it leads up
   */
  String relative(String name) {
    String path = name;
    while (path.startsWith("/")) {
      path = path.substring(1);
      if (path.startsWith("../")) {
        path = path.substring(2);
      }
    }
    while (true) {
      if (path.startsWith("./")) {
        path = path.substring(2);
      } else if (path.startsWith("/")) {
        path = path.substring(1);
      } else {
        break;
      }
    }
    if (path.equals(".")) {
      path = "";
    }
    try {
      components(path);
    } catch (Failure e) {
      throw new Failure(
          e.code(), "While making relative path \"" + path + "\":" + e.getMessage(), e.nextStep());
    }
    return filter.isPresent() ? filter.get().apply(path) : path;
  }

  /** The same without slashes at the end, as archives put them behind directories. */
  String entry(String name) {
    String path = relative(name);
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** The names of a path; empty ones and dots do not count. */
  static List<String> components(String path) {
    var names = new ArrayList<String>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        throw new Failure(
            ErrorCode.NAME_INVALID,
            "Invalid uplink '..' in path " + path,
            "Such an archive may have been made to write outside of the tree: do not use it.");
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }

  /** The last name of a path. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The path as lists of paths have it. */
  static String absolute(String path) {
    return "/" + String.join("/", components(path));
  }
}
