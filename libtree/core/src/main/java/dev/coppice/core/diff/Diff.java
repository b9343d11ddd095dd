package dev.coppice.core.diff;

import dev.coppice.core.diff.DiffRequest.Side;
import dev.coppice.core.diff.Tree.Directory;
import dev.coppice.core.diff.Tree.Entry;
import dev.coppice.core.diff.Tree.Owner;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Compares two trees. Source: {@code ostree_diff_dirs_with_options}. */
public final class Diff {
  /** No path that the kernel takes leads deeper: PATH_MAX is 4096. */
  private static final int DEEPEST = 2048;

  private final Repo repo;

  /** A comparison with commits of a repository. */
  public Diff(Repo repo) {
    this.repo = repo;
  }

  /** Compares. */
  public DiffResult run(DiffRequest request) throws IOException {
    DiffRequest.Xattrs xattrs = request.xattrs();
    boolean storesNone = repo.config().disableXattrs() || repo.mode() == RepoMode.BARE_USER_ONLY;
    if (storesNone && (isCommit(request.from()) || isCommit(request.to()))) {
      xattrs = DiffRequest.Xattrs.IGNORE;
    }
    var walk = new Walk(new Owner(request.owner(), request.group()));
    walk.compare(tree(request.from(), xattrs).root(), tree(request.to(), xattrs).root(), "", 0);
    return new DiffResult(walk.modified, walk.removed, walk.added);
  }

  private static boolean isCommit(Side side) {
    return side instanceof Side.OfCommit;
  }

  private Tree tree(Side side, DiffRequest.Xattrs xattrs) {
    return switch (side) {
      case Side.OfCommit(var commit) -> new CommitTree(repo, commit);
      case Side.OfDirectory(var path) -> new DiskTree(path, xattrs);
    };
  }

  private static final class Walk {
    final List<String> modified = new ArrayList<>();
    final List<String> removed = new ArrayList<>();
    final List<String> added = new ArrayList<>();
    private final Owner owner;

    Walk(Owner owner) {
      this.owner = owner;
    }

    /** Compares what is in two directories, whose path is empty or ends with a slash. */
    void compare(Directory from, Directory to, String path, int depth) throws IOException {
      checkDepth(path, depth);
      if (from.surelySame(to)) {
        return;
      }
      for (Entry old : from.entries()) {
        Entry young = to.find(old.name());
        if (young == null) {
          removed.add(path + old.name());
        } else {
          if (!sameEntry(from, old, to, young)) {
            modified.add(path + old.name());
          }
          if (old.directory() != null && young.directory() != null) {
            compare(old.directory(), young.directory(), path + old.name() + "/", depth + 1);
          }
        }
      }
      for (Entry young : to.entries()) {
        if (from.find(young.name()) == null) {
          add(young, path, depth);
        }
      }
    }

    private boolean sameEntry(Directory from, Entry old, Directory to, Entry young)
        throws IOException {
      return (old.directory() == null) == (young.directory() == null)
          && from.checksum(old, Owner.OWN).equals(to.checksum(young, owner));
    }

    private void add(Entry entry, String path, int depth) throws IOException {
      checkDepth(path, depth);
      added.add(path + entry.name());
      if (entry.directory() != null) {
        for (Entry inner : entry.directory().entries()) {
          add(inner, path + entry.name() + "/", depth + 1);
        }
      }
    }

    private static void checkDepth(String path, int depth) {
      if (depth > DEEPEST) {
        throw new Failure(
            ErrorCode.PATH_NOT_FOUND,
            "Directories are nested deeper than "
                + DEEPEST
                + ": "
                + path.substring(0, Math.min(100, path.length()))
                + "...",
            "No file system can hold such a tree; it was made to do harm.");
      }
    }
  }
}
