package dev.coppice.transfer.delta.inspect;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where objects are in the tree of a commit. An object that is at several places is told by the
 * first of them; directories that are not here are left out.
 */
public final class ObjectPaths {
  private final Repo repo;
  private final Map<ObjectName, String> paths = new HashMap<>();

  private record Visit(String path, Checksum tree) {}

  private ObjectPaths(Repo repo) {
    this.repo = repo;
  }

  /** The paths in a commit, as far as they are known. */
  public static ObjectPaths of(Repo repo, Commit commit) throws IOException {
    var paths = new ObjectPaths(repo);
    paths.add(ObjectName.dirmeta(commit.meta()), "/");
    paths.walk(new Visit("", commit.tree()));
    return paths;
  }

  /** Where an object is. */
  public Optional<String> of(ObjectName object) {
    return Optional.ofNullable(paths.get(object));
  }

  private boolean add(ObjectName object, String path) {
    return paths.putIfAbsent(object, path) == null;
  }

  private void walk(Visit root) throws IOException {
    var waiting = new ArrayDeque<Visit>();
    add(ObjectName.dirtree(root.tree()), "/");
    waiting.add(root);
    while (!waiting.isEmpty()) {
      Visit visit = waiting.remove();
      if (!repo.objects().has(ObjectName.dirtree(visit.tree()))) {
        continue;
      }
      DirTree tree = repo.loadTree(visit.tree());
      for (DirTree.File file : tree.files()) {
        add(ObjectName.file(file.checksum()), visit.path() + "/" + file.name());
      }
      for (DirTree.Dir dir : tree.dirs()) {
        String path = visit.path() + "/" + dir.name();
        add(ObjectName.dirmeta(dir.meta()), path + "/");
        if (add(ObjectName.dirtree(dir.tree()), path + "/")) {
          waiting.add(new Visit(path, dir.tree()));
        }
      }
    }
  }
}
