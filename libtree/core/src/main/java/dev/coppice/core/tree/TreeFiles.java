package dev.coppice.core.tree;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup.Found;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Opens files of a tree by path, following symbolic links inside the tree. */
public final class TreeFiles {
  /** Linux follows no more either. */
  private static final int MAX_LINKS = 40;

  private final Repo repo;
  private final TreeLookup lookup;
  private final Found.Directory root;

  /** The files below a root; absolute links start there. */
  public TreeFiles(Repo repo, Found.Directory root) {
    this.repo = repo;
    this.lookup = new TreeLookup(repo);
    this.root = root;
  }

  /**
   * Opens a regular file; the caller closes it.
   *
   * @param path names joined by slashes; {@code ..} leads up and never above the root
   * @throws Failure when there is no such file, or it is a directory
   */
  public FileObject open(String path) throws IOException {
    var todo = new ArrayDeque<String>(split(path));
    // The directories from the root to where we are, without the root.
    var way = new ArrayDeque<Step>();
    int links = 0;
    while (!todo.isEmpty()) {
      String name = todo.pop();
      if (name.equals("..")) {
        way.pollLast();
        continue;
      }
      switch (child(way, name)) {
        case Found.Directory directory -> way.addLast(new Step(name, directory));
        case Found.File file -> {
          FileObject object = repo.objects().openFile(file.checksum());
          if (!object.header().isSymlink()) {
            return last(object, todo, way, name);
          }
          String target = object.header().target();
          object.close();
          links++;
          if (links > MAX_LINKS) {
            throw notFound("Too many levels of symbolic links: " + path);
          }
          if (target.startsWith("/")) {
            way.clear();
          }
          split(target).reversed().forEach(todo::push);
        }
      }
    }
    throw notFound("Can't open directory: " + text(way));
  }

  private record Step(String name, Found.Directory directory) {}

  private Found child(Deque<Step> way, String name) throws IOException {
    Found.Directory at = way.isEmpty() ? root : way.getLast().directory();
    Optional<Found> child = lookup.child(at, name);
    return child.orElseThrow(
        () ->
            notFound(
                "No such file or directory: " + (way.isEmpty() ? "" : text(way)) + "/" + name));
  }

  private static FileObject last(
      FileObject object, Deque<String> todo, Deque<Step> way, String name) throws IOException {
    if (!todo.isEmpty()) {
      object.close();
      throw notFound("Not a directory: " + (way.isEmpty() ? "" : text(way)) + "/" + name);
    }
    return object;
  }

  private static String text(Deque<Step> way) {
    return "/" + String.join("/", way.stream().map(Step::name).toList());
  }

  private static List<String> split(String path) {
    var names = new ArrayList<String>();
    for (String name : path.split("/")) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }

  private static Failure notFound(String message) {
    return new Failure(ErrorCode.PATH_NOT_FOUND, message, "List what the tree has with 'ls'.");
  }
}
