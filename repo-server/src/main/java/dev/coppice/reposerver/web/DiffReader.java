package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.reposerver.web.tree.TreeChanges;
import dev.coppice.reposerver.web.tree.TreeDiff;
import java.io.IOException;

/**
 * Compares commits and keeps a few results: readers turn pages. One comparison at a time, so that
 * what they take in memory and of the processor has a bound.
 */
final class DiffReader {
  private static final int KEPT = 4;

  private final Repo repo;
  private final CommitReader commits;
  private final Object one = new Object();
  private final BoundedCache<Pair, TreeChanges> kept = new BoundedCache<>(KEPT);

  private record Pair(Checksum from, Checksum to) {}

  DiffReader(Repo repo, CommitReader commits) {
    this.repo = repo;
    this.commits = commits;
  }

  TreeChanges of(Checksum from, Checksum to) throws IOException {
    var pair = new Pair(from, to);
    TreeChanges known = kept.get(pair);
    if (known != null) {
      return known;
    }
    synchronized (one) {
      TreeChanges meanwhile = kept.get(pair);
      if (meanwhile != null) {
        return meanwhile;
      }
      TreeChanges changes = TreeDiff.of(repo, commits.require(from), commits.require(to));
      kept.put(pair, changes);
      return changes;
    }
  }
}
