package dev.coppice.core.tree;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup.Found;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lists what is below a path: the path itself, then the files of a directory, then its directories,
 * each followed by what is in it where that was asked for.
 */
public final class TreeListing {
  /** How far to go down. */
  public enum Depth {
    /** The path alone. */
    ITSELF,
    /** The path and what is in it. */
    CHILDREN,
    /** Everything. */
    ALL
  }

  /** What to tell. */
  public enum Detail {
    /** Paths only; much faster, because no file is opened. */
    NAMES,
    /** Everything that {@link TreeEntry.Directory} and {@link TreeEntry.File} have. */
    ATTRIBUTES
  }

  private final Repo repo;
  private final Depth depth;
  private final Detail detail;
  private final Map<Checksum, DirMeta> metas = new HashMap<>();

  /** A way of listing trees of a repository. */
  public TreeListing(Repo repo, Depth depth, Detail detail) {
    this.repo = repo;
    this.depth = depth;
    this.detail = detail;
  }

  private record Visit(String path, Found found) {}

  /**
   * Tells the entries in order.
   *
   * @param path from the root of the commit
   * @throws dev.coppice.core.failure.Failure when there is no such path
   */
  public void list(Found.Directory root, String path, Consumer<TreeEntry> entries)
      throws IOException {
    Found found = new TreeLookup(repo).require(root, path);
    Deque<Visit> stack = new ArrayDeque<>();
    String start = "/" + String.join("/", TreeLookup.names(path));
    stack.push(new Visit(start, found));
    while (!stack.isEmpty()) {
      Visit visit = stack.pop();
      entries.accept(entry(visit));
      boolean enter =
          switch (depth) {
            case ITSELF -> false;
            case CHILDREN -> visit.path().equals(start);
            case ALL -> true;
          };
      if (enter && visit.found() instanceof Found.Directory directory) {
        List<Visit> children = children(visit.path(), repo.loadTree(directory.tree()));
        children.reversed().forEach(stack::push);
      }
    }
  }

  private static List<Visit> children(String path, DirTree tree) {
    String base = path.equals("/") ? "/" : path + "/";
    var children = new ArrayList<Visit>(tree.files().size() + tree.dirs().size());
    for (DirTree.File file : tree.files()) {
      children.add(new Visit(base + file.name(), new Found.File(file.checksum())));
    }
    for (DirTree.Dir dir : tree.dirs()) {
      children.add(new Visit(base + dir.name(), new Found.Directory(dir.tree(), dir.meta())));
    }
    return children;
  }

  private TreeEntry entry(Visit visit) throws IOException {
    if (detail == Detail.NAMES) {
      return new TreeEntry.Name(visit.path());
    }
    return switch (visit.found()) {
      case Found.Directory(var tree, var meta) ->
          new TreeEntry.Directory(visit.path(), tree, meta, meta(meta));
      case Found.File(var checksum) -> {
        try (FileObject object = repo.objects().openFile(checksum)) {
          yield new TreeEntry.File(visit.path(), checksum, object.header(), object.size());
        }
      }
    };
  }

  private DirMeta meta(Checksum checksum) throws IOException {
    DirMeta meta = metas.get(checksum);
    if (meta == null) {
      meta = repo.loadMeta(checksum);
      metas.put(checksum, meta);
    }
    return meta;
  }
}
