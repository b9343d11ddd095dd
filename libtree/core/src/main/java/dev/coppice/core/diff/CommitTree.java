package dev.coppice.core.diff;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tree of a commit. Files are known by their checksum; none is opened. */
record CommitTree(Repo repo, Checksum commit) implements Tree {
  @Override
  public Directory root() throws IOException {
    return new Stored(repo, repo.loadCommit(commit).tree());
  }

  private static final class Stored implements Directory {
    private final Repo repo;
    private final Checksum checksum;
    private @Nullable DirTree loaded;

    Stored(Repo repo, Checksum checksum) {
      this.repo = repo;
      this.checksum = checksum;
    }

    private DirTree tree() throws IOException {
      DirTree tree = loaded;
      if (tree == null) {
        tree = repo.loadTree(checksum);
        loaded = tree;
      }
      return tree;
    }

    @Override
    public List<Entry> entries() throws IOException {
      var entries = new ArrayList<Entry>();
      for (DirTree.File file : tree().files()) {
        entries.add(new Entry(file.name(), null));
      }
      for (DirTree.Dir dir : tree().dirs()) {
        entries.add(new Entry(dir.name(), new Stored(repo, dir.tree())));
      }
      return entries;
    }

    @Override
    public @Nullable Entry find(String name) throws IOException {
      if (tree().file(name) != null) {
        return new Entry(name, null);
      }
      DirTree.Dir dir = tree().dir(name);
      return dir == null ? null : new Entry(name, new Stored(repo, dir.tree()));
    }

    @Override
    public Checksum checksum(Entry entry, Owner owner) throws IOException {
      // The owner of what is stored is part of its checksum and cannot be replaced.
      DirTree.File file = tree().file(entry.name());
      if (file != null) {
        return file.checksum();
      }
      DirTree.Dir dir = tree().dir(entry.name());
      if (dir == null) {
        throw new IllegalArgumentException("no entry of this directory: " + entry.name());
      }
      return dir.meta();
    }

    @Override
    public boolean surelySame(Directory other) {
      return other instanceof Stored stored && stored.checksum.equals(checksum);
    }
  }
}
