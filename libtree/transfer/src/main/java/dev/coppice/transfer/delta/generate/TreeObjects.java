package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects of a tree, in the order of a walk: the files of a directory by name, then its
 * directories, each followed by what is in it.
 *
 * @param metadata directories and their attributes
 * @param files file objects with the first path that leads to each, without a slash in front
 */
record TreeObjects(Set<ObjectName> metadata, Map<Checksum, String> files) {
  static final TreeObjects EMPTY = new TreeObjects(Set.of(), Map.of());

  private record Visit(String path, Checksum tree, Checksum meta) {}

  /** Walks the tree of a commit. Directories that occur twice are entered once. */
  static TreeObjects of(Repo repo, Commit commit) throws IOException {
    var metadata = new LinkedHashSet<ObjectName>();
    var files = new LinkedHashMap<Checksum, String>();
    var waiting = new ArrayDeque<Visit>();
    waiting.push(new Visit("", commit.tree(), commit.meta()));
    while (!waiting.isEmpty()) {
      Visit visit = waiting.pop();
      metadata.add(ObjectName.dirmeta(visit.meta()));
      if (metadata.add(ObjectName.dirtree(visit.tree()))) {
        DirTree tree = repo.loadTree(visit.tree());
        for (DirTree.File file : tree.files()) {
          files.putIfAbsent(file.checksum(), visit.path() + file.name());
        }
        List<DirTree.Dir> dirs = new ArrayList<>(tree.dirs());
        Collections.reverse(dirs);
        for (DirTree.Dir dir : dirs) {
          waiting.push(new Visit(visit.path() + dir.name() + "/", dir.tree(), dir.meta()));
        }
      }
    }
    return new TreeObjects(metadata, files);
  }
}
