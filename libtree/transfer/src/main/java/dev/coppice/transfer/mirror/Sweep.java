package dev.coppice.transfer.mirror;

import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.RepoLock;
import dev.coppice.core.tree.ObjectSet;
import dev.coppice.core.tree.Reachable;
import dev.coppice.posix.Fs;
import dev.coppice.transfer.delta.DeltaListing;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.mirror.RetiredCommits.Retired;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Deletes the objects that neither a commit needs nor one that was retired within the grace time,
 * and deltas to commits that are gone.
 *
 * <p>What is needed is found out without a lock. The exclusive lock is taken for the deletions
 * only: commits that were added meanwhile are looked at again under it, and objects that came later
 * are not touched at all.
 */
final class Sweep {
  private static final int FANOUTS = 256;

  private final Repo repo;
  private final List<Retired> waiting;
  private final AtomicLong objects = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private int deltas;

  /**
   * A sweep.
   *
   * @param waiting commits that were retired, whose trees are still to be kept
   */
  Sweep(Repo repo, List<Retired> waiting) {
    this.repo = repo;
    this.waiting = List.copyOf(waiting);
  }

  /** Objects that were deleted. */
  long objects() {
    return objects.get();
  }

  /** What they took. */
  long bytes() {
    return bytes.get();
  }

  /** Deltas that were deleted. */
  int deltas() {
    return deltas;
  }

  /**
   * Sweeps.
   *
   * @throws RepoLock.LockedException when others work on the repository for too long
   */
  void run() throws IOException {
    var needed = new Reachable(repo, Reachable.Extent.EVERYTHING, Reachable.Damage.FAIL);
    addCommits(needed);
    for (Retired each : waiting) {
      needed.addTree(Commit.decode(each.bytes()));
    }
    List<List<ObjectName>> unneeded = unneeded(needed.objects());
    try (RepoLock ignored = repo.lock(RepoLock.Kind.EXCLUSIVE)) {
      addCommits(needed);
      Workers.each(FANOUTS, number -> delete(unneeded.get(number), needed.objects()));
      deleteDeltas();
    }
  }

  private void addCommits(Reachable needed) throws IOException {
    List<Checksum> commits = new ArrayList<>();
    repo.store()
        .list(
            name -> {
              if (name.type() == ObjectType.COMMIT && !needed.objects().contains(name)) {
                commits.add(name.checksum());
              }
            });
    for (Checksum commit : commits) {
      needed.addCommit(commit, 0);
    }
  }

  private List<List<ObjectName>> unneeded(ObjectSet needed) throws IOException {
    List<List<ObjectName>> all = new ArrayList<>(Collections.nCopies(FANOUTS, List.of()));
    Workers.each(
        FANOUTS,
        number -> {
          var found = new ArrayList<ObjectName>();
          repo.store()
              .listFanout(
                  number,
                  name -> {
                    if (isContent(name.type()) && !needed.contains(name)) {
                      found.add(name);
                    }
                  });
          all.set(number, found);
        });
    return all;
  }

  private static boolean isContent(ObjectType type) {
    return switch (type) {
      case FILE, DIRTREE, DIRMETA -> true;
      case COMMIT, TOMBSTONE, COMMITMETA, PAYLOAD_LINK, FILE_XATTRS, FILE_XATTRS_LINK -> false;
    };
  }

  private void delete(List<ObjectName> names, ObjectSet needed) throws IOException {
    for (ObjectName name : names) {
      if (!needed.contains(name)) {
        long size = repo.store().storedSize(name);
        if (repo.store().delete(name)) {
          objects.incrementAndGet();
          bytes.addAndGet(size);
        }
      }
    }
  }

  private void deleteDeltas() throws IOException {
    Set<Checksum> promised = new HashSet<>();
    waiting.forEach(each -> promised.add(each.commit()));
    for (DeltaName delta : new DeltaListing(repo).all()) {
      if (!promised.contains(delta.to()) && !repo.objects().has(ObjectName.commit(delta.to()))) {
        Fs.removeTree(repo.descriptor(), delta.directory());
        deltas++;
      }
    }
  }
}
