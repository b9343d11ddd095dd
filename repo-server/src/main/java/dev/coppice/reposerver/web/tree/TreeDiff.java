package dev.coppice.reposerver.web.tree;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup;
import dev.coppice.core.tree.TreeLookup.Found;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares the trees of two commits within bounds. A tree takes part whole: below an added or
 * removed directory everything is told. Directories that are the same are not looked into.
 *
 * <p>The bounds are needed because trees are graphs: forty directories, each holding the next one
 * twice, have 2<sup>40</sup> paths.
 */
public final class TreeDiff {
  private static final int MOST_CHANGES = 20_000;
  private static final int MOST_DIRECTORIES = 50_000;
  private static final long MOST_CHARACTERS = 4 << 20;

  /** No path that the kernel takes leads deeper: PATH_MAX is 4096. */
  private static final int DEEPEST = 2048;

  private final Repo repo;
  private final List<TreeChange> changes = new ArrayList<>();
  private int directories;
  private long characters;
  private boolean complete = true;

  private TreeDiff(Repo repo) {
    this.repo = repo;
  }

  /** The changes from one commit to another. */
  public static TreeChanges of(Repo repo, Commit from, Commit to) throws IOException {
    var diff = new TreeDiff(repo);
    Found.Directory old = TreeLookup.root(from);
    Found.Directory young = TreeLookup.root(to);
    if (!old.meta().equals(young.meta())) {
      diff.add("/", old, young);
    }
    diff.compare(old.tree(), young.tree(), "/", 0);
    return new TreeChanges(diff.changes, diff.complete);
  }

  /** Compares what is in two directories; null stands for one that is not there. */
  private void compare(@Nullable Checksum from, @Nullable Checksum to, String path, int depth)
      throws IOException {
    if ((from != null && from.equals(to)) || !goOn(depth)) {
      return;
    }
    DirTree old = from == null ? DirTree.EMPTY : repo.loadTree(from);
    DirTree young = to == null ? DirTree.EMPTY : repo.loadTree(to);
    for (String name : names(old, young)) {
      if (!complete) {
        return;
      }
      entry(find(old, name), find(young, name), path + name, depth);
    }
  }

  private boolean goOn(int depth) {
    directories++;
    if (directories > MOST_DIRECTORIES || depth > DEEPEST) {
      complete = false;
    }
    return complete;
  }

  private void entry(@Nullable Found old, @Nullable Found young, String path, int depth)
      throws IOException {
    Checksum oldTree = old instanceof Found.Directory directory ? directory.tree() : null;
    Checksum youngTree = young instanceof Found.Directory directory ? directory.tree() : null;
    if (!sameItself(old, young)) {
      add(path, old, young);
    }
    if (oldTree != null || youngTree != null) {
      compare(oldTree, youngTree, path + "/", depth + 1);
    }
  }

  /** Whether two entries are the same, of directories without what is in them. */
  private static boolean sameItself(@Nullable Found old, @Nullable Found young) {
    if (old instanceof Found.Directory(var _, var meta)
        && young instanceof Found.Directory(var _, var youngMeta)) {
      return meta.equals(youngMeta);
    }
    return old != null && old.equals(young);
  }

  private void add(String path, @Nullable Found old, @Nullable Found young) throws IOException {
    characters += path.length();
    if (changes.size() == MOST_CHANGES || characters > MOST_CHARACTERS) {
      complete = false;
      return;
    }
    changes.add(
        new TreeChange(
            path, Optional.ofNullable(old), Optional.ofNullable(young), size(old), size(young)));
  }

  private long size(@Nullable Found found) throws IOException {
    if (!(found instanceof Found.File(var checksum))) {
      return 0;
    }
    // A missing object is told where its path is opened; a comparison goes on without.
    try (FileObject object = repo.objects().openFileIfExists(checksum)) {
      return object == null ? 0 : object.size();
    }
  }

  private static SortedSet<String> names(DirTree old, DirTree young) {
    SortedSet<String> names = new TreeSet<>(PosixNames.BYTE_ORDER);
    for (DirTree tree : List.of(old, young)) {
      tree.files().forEach(file -> names.add(file.name()));
      tree.dirs().forEach(dir -> names.add(dir.name()));
    }
    return names;
  }

  private static @Nullable Found find(DirTree tree, String name) {
    DirTree.File file = tree.file(name);
    if (file != null) {
      return new Found.File(file.checksum());
    }
    DirTree.Dir dir = tree.dir(name);
    return dir == null ? null : new Found.Directory(dir.tree(), dir.meta());
  }
}
