package dev.coppice.reposerver.web.tree;

import dev.coppice.core.object.FileHeader;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup;
import dev.coppice.core.tree.TreeLookup.Found;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds what a path names in a tree. Links on the way are followed, as a shell would, so that
 * {@code /bin/ls} is found where {@code /bin} is a link; a link at the end is what was asked for.
 */
public final class TreePaths {
  /** Linux follows no more either. */
  private static final int MAX_LINKS = 40;

  /** PATH_MAX: no longer target leads anywhere. */
  private static final int MAX_TARGET = 4096;

  private final Repo repo;
  private final TreeLookup lookup;
  private final Found.Directory root;

  /** What became of a path. */
  public sealed interface Result {
    /**
     * Something is there.
     *
     * @param path without links on the way, from the root; {@code /} for the root itself
     */
    record Here(String path, Found found) implements Result {}

    /**
     * Nothing is there.
     *
     * @param deepest the last directory on the way
     * @param name what is not in it, or is not a directory
     */
    record Missing(String deepest, String name) implements Result {}
  }

  private record Step(String name, Found.Directory directory) {}

  /** Paths below a root. */
  public TreePaths(Repo repo, Found.Directory root) {
    this.repo = repo;
    this.lookup = new TreeLookup(repo);
    this.root = root;
  }

  /**
   * What a path names.
   *
   * @param path names joined by slashes; {@code ..} leads up and never above the root
   */
  public Result find(String path) throws IOException {
    return find(path, false);
  }

  /** What a path names, or what the link that it names leads to. */
  public Result follow(String path) throws IOException {
    return find(path, true);
  }

  private Result find(String path, boolean followLast) throws IOException {
    var todo = new ArrayDeque<String>();
    push(todo, path);
    // The directories from the root to where we are, without the root.
    var way = new ArrayDeque<Step>();
    int links = 0;
    while (!todo.isEmpty()) {
      String name = todo.pop();
      if (name.equals("..")) {
        way.pollLast();
        continue;
      }
      Optional<Found> child = lookup.child(way.isEmpty() ? root : way.getLast().directory(), name);
      if (child.isEmpty()) {
        return new Result.Missing(text(way, ""), name);
      }
      switch (child.get()) {
        case Found.Directory directory -> way.addLast(new Step(name, directory));
        case Found.File file -> {
          String target = todo.isEmpty() && !followLast ? "" : target(file);
          if (todo.isEmpty() && target.isEmpty()) {
            return new Result.Here(text(way, name), file);
          }
          links++;
          if (target.isEmpty() || target.length() > MAX_TARGET || links > MAX_LINKS) {
            return new Result.Missing(text(way, ""), name);
          }
          if (target.startsWith("/")) {
            way.clear();
          }
          push(todo, target);
        }
      }
    }
    return new Result.Here(text(way, ""), way.isEmpty() ? root : way.getLast().directory());
  }

  /** The target of a link; empty for a file. */
  private String target(Found.File file) throws IOException {
    try (FileObject object = repo.objects().openFile(file.checksum())) {
      FileHeader header = object.header();
      return header.isSymlink() ? header.target() : "";
    }
  }

  private static void push(Deque<String> todo, String path) {
    String[] names = path.split("/", -1);
    for (int i = names.length - 1; i >= 0; i--) {
      if (!names[i].isEmpty() && !names[i].equals(".")) {
        todo.push(names[i]);
      }
    }
  }

  private static String text(Deque<Step> way, String last) {
    var text = new StringBuilder();
    way.forEach(step -> text.append('/').append(step.name()));
    if (!last.isEmpty()) {
      text.append('/').append(last);
    }
    return text.isEmpty() ? "/" : text.toString();
  }
}
