package dev.coppice.core.fsck;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.fsck.Finding.Place;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.tree.ObjectSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the paths of damaged objects, by walking the trees a second time. That costs time only
 * where there is damage, where remembering who refers to what would cost memory always.
 *
 * <p>Directories without damage below them are walked once, whatever the number of commits.
 */
final class PlaceSearch {
  /** No path that the kernel takes leads deeper: PATH_MAX is 4096. */
  private static final int DEEPEST = 2048;

  private final Repo repo;
  private final Set<ObjectName> wanted;

  /** Directories below which there is nothing wanted. */
  private final ObjectSet clean = new ObjectSet();

  private final Map<ObjectName, List<Place>> found = new HashMap<>();

  PlaceSearch(Repo repo, Set<ObjectName> wanted) {
    this.repo = repo;
    this.wanted = wanted;
  }

  /** Places of each wanted object that a commit reaches; those of one commit follow each other. */
  Map<ObjectName, List<Place>> find(Iterable<Checksum> commits) throws IOException {
    for (Checksum checksum : commits) {
      note(ObjectName.commit(checksum), checksum, "/");
      Commit commit = load(checksum);
      if (commit != null) {
        note(ObjectName.dirmeta(commit.meta()), checksum, "/");
        walk(commit.tree(), checksum, "/", 0);
      }
    }
    return found;
  }

  private @Nullable Commit load(Checksum checksum) throws IOException {
    try {
      return repo.loadCommit(checksum);
    } catch (TreeException e) {
      // Damage, and a finding of its own.
      return null;
    }
  }

  private boolean note(ObjectName name, Checksum commit, String path) {
    if (!wanted.contains(name)) {
      return false;
    }
    found.computeIfAbsent(name, key -> new ArrayList<>()).add(new Place(commit, path));
    return true;
  }

  /** Walks a directory, whose path ends with a slash; returns whether something was found. */
  private boolean walk(Checksum checksum, Checksum commit, String path, int depth)
      throws IOException {
    if (depth > DEEPEST || clean.contains(ObjectType.DIRTREE, checksum)) {
      return false;
    }
    boolean any = note(ObjectName.dirtree(checksum), commit, path);
    DirTree tree;
    try {
      tree = repo.loadTree(checksum);
    } catch (TreeException e) {
      // Damage, and a finding of its own.
      return any;
    }
    for (DirTree.File file : tree.files()) {
      any |= note(ObjectName.file(file.checksum()), commit, path + file.name());
    }
    for (DirTree.Dir dir : tree.dirs()) {
      String inner = path + dir.name() + "/";
      any |= note(ObjectName.dirmeta(dir.meta()), commit, inner);
      any |= walk(dir.tree(), commit, inner, depth + 1);
    }
    if (!any) {
      clean.add(ObjectType.DIRTREE, checksum);
    }
    return any;
  }
}
