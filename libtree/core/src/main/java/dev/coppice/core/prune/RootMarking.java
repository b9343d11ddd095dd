package dev.coppice.core.prune;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.prune.PruneRequest.Roots;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.tree.ObjectSet;
import dev.coppice.core.tree.Reachable;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Finds out what a repository needs. */
final class RootMarking {
  private final Repo repo;
  private final Consumer<PruneEvent> events;

  RootMarking(Repo repo, Consumer<PruneEvent> events) {
    this.repo = repo;
    this.events = events;
  }

  ObjectSet mark(PruneRequest request) throws IOException {
    var reachable = new Reachable(repo, request.extent(), Reachable.Damage.FAIL);
    switch (request.roots()) {
      case Roots.EveryCommit() -> markAll(everyCommit(), request.depth(), reachable);
      case Roots.Refs() -> markAll(everyRef(), request.depth(), reachable);
      case Roots.Branches branches -> markBranches(branches, request.depth(), reachable);
    }
    return reachable.objects();
  }

  private Set<Checksum> everyCommit() throws IOException {
    var commits = new TreeSet<Checksum>();
    repo.store()
        .list(
            name -> {
              if (name.type() == ObjectType.COMMIT) {
                commits.add(name.checksum());
              }
            });
    return commits;
  }

  private Set<Checksum> everyRef() throws IOException {
    var commits = new TreeSet<Checksum>(repo.refs().list(RefPrefix.ALL).values());
    commits.addAll(Prune.collectionRefs(repo).values());
    return commits;
  }

  private void markAll(Set<Checksum> commits, int depth, Reachable reachable) throws IOException {
    int done = 0;
    for (Checksum commit : commits) {
      reachable.addCommit(commit, depth);
      events.accept(new PruneEvent.Marked(++done, commits.size()));
    }
  }

  private void markBranches(Roots.Branches branches, int depth, Reachable reachable)
      throws IOException {
    Map<RefSpec, Checksum> refs = repo.refs().list(RefPrefix.ALL);
    Map<String, Integer> depths = depths(branches, refs.keySet());
    int done = 0;
    for (Map.Entry<RefSpec, Checksum> ref : refs.entrySet()) {
      Integer own = depths.get(ref.getKey().toString());
      // The real tool cannot tell a depth of 0 from none; keeping more is the safe side to err on.
      if (own != null && own != 0) {
        reachable.addCommit(ref.getValue(), own);
      } else if (branches.youngerThan().isPresent()) {
        markYounger(ref.getValue(), branches.youngerThan().get(), reachable);
      } else {
        reachable.addCommit(ref.getValue(), depth);
      }
      events.accept(new PruneEvent.Marked(++done, refs.size()));
    }
  }

  /** With a list of refs to prune, all others keep their whole history. */
  private Map<String, Integer> depths(Roots.Branches branches, Set<RefSpec> refs)
      throws IOException {
    var depths = new HashMap<>(branches.depths());
    if (!branches.only().isEmpty()) {
      for (String rev : branches.only()) {
        // Fails where there is no such ref.
        repo.resolve(rev);
      }
      var only = new HashSet<>(branches.only());
      for (RefSpec ref : refs) {
        if (!only.contains(ref.toString())) {
          depths.putIfAbsent(ref.toString(), Reachable.WHOLE_HISTORY);
        }
      }
    }
    return depths;
  }

  /** Marks the tip, whatever its age, and its ancestors up to the first one that is older. */
  private void markYounger(Checksum tip, Instant limit, Reachable reachable) throws IOException {
    reachable.addCommit(tip, 0);
    Optional<Checksum> next = Optional.of(tip);
    while (next.isPresent() && repo.objects().has(ObjectName.commit(next.get()))) {
      var commit = repo.loadCommit(next.get());
      // The time is an unsigned number of seconds.
      if (Long.compareUnsigned(commit.timestamp(), limit.getEpochSecond()) < 0) {
        return;
      }
      reachable.addCommit(next.get(), 0);
      next = commit.parent();
    }
  }
}
