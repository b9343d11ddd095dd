package dev.coppice.cli.repo;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths without {@code .} and {@code ..}, by their text alone: GLib's {@code GFile} does so. */
final class LexicalPath {
  private LexicalPath() {}

  /**
   * The path with each {@code NAME/..} left out, whether NAME exists or is a link or not.
   *
   * @param path absolute or relative; one that is relative may begin with {@code ..} afterwards
   * @return {@code .} where nothing is left of a relative path; an empty path stays empty
   */
  static String of(String path) {
    if (path.isEmpty()) {
      return path;
    }
    boolean absolute = path.startsWith("/");
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (!name.equals("..")) {
        names.addLast(name);
      } else if (!names.isEmpty() && !names.getLast().equals("..")) {
        names.removeLast();
      } else if (!absolute) {
        names.addLast(name);
      }
    }
    String joined = String.join("/", names);
    return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
  }
}
