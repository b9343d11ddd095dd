package dev.coppice.transfer.mirror;

import dev.coppice.core.io.Durability;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.ObjectRemoval;
import dev.coppice.core.repo.PartialCommits;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.RepoLock;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;

/**
 * Takes away the commit objects that are not kept. Their trees stay for the grace time. Short, so
 * that the exclusive lock hinders nobody for long.
 */
final class Retirement {
  private final Repo repo;
  private final MirrorState state;
  private final Durability durability;

  Retirement(Repo repo, MirrorState state, Durability durability) {
    this.repo = repo;
    this.state = state;
    this.durability = durability;
  }

  /**
   * Retires what a policy does not keep.
   *
   * @param remotes whose refs are looked at
   * @return the commits
   * @throws RepoLock.LockedException when others work on the repository for too long
   */
  SortedSet<Checksum> run(
      Publications publications, Set<String> remotes, Retention retention, Instant now)
      throws IOException {
    SortedSet<Checksum> doomed =
        new RetentionPlan(repo, retention, now).retire(publications, remotes);
    if (doomed.isEmpty()) {
      return doomed;
    }
    try (RepoLock ignored = repo.lock(RepoLock.Kind.EXCLUSIVE)) {
      // Somebody may have made a ref to one of them since.
      doomed = new RetentionPlan(repo, retention, now).retire(publications, remotes);
      var retired = new RetiredCommits(state.directory());
      ObjectRemoval removal = repo.removal();
      for (Checksum commit : doomed) {
        ObjectName name = ObjectName.commit(commit);
        retired.add(commit, repo.store().load(name), now, durability);
        // The signatures stay until the tree goes: clients ask for them before the commit, and must
        // not find a commit without them.
        repo.store().delete(name);
        if (repo.config().tombstoneCommits()) {
          removal.writeTombstone(commit);
        }
        repo.partialCommits().mark(commit, PartialCommits.State.COMPLETE);
      }
      publications.forget(doomed);
      publications.save(durability);
    }
    return doomed;
  }
}
