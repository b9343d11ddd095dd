package dev.coppice.transfer.delta.plan;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.tree.ObjectSet;
import dev.coppice.core.tree.Reachable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What objects take in a repository: in one of mode archive, that is what clients download. The
 * sets of a few commits are kept, as the same commit is asked about several times in a row.
 */
final class StoredCost implements DeltaPlanner.ObjectCost {
  /** A set of 20,000 objects takes about 2 MB. */
  private static final int KEPT = 8;

  private final Repo repo;

  private final Map<Checksum, ObjectSet> sets =
      new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Checksum, ObjectSet> eldest) {
          return size() > KEPT;
        }
      };

  StoredCost(Repo repo) {
    this.repo = repo;
  }

  @Override
  public long bytes(Optional<Checksum> from, Checksum to) throws IOException {
    ObjectSet wanted = objects(to);
    ObjectSet there = from.isPresent() ? objects(from.get()) : new ObjectSet();
    List<ObjectName> missing = new ArrayList<>();
    wanted.forEach(
        name -> {
          if (!there.contains(name)) {
            missing.add(name);
          }
        });
    long sum = 0;
    for (ObjectName name : missing) {
      sum += repo.objects().storedSize(name);
    }
    return sum;
  }

  private ObjectSet objects(Checksum commit) throws IOException {
    ObjectSet known = sets.get(commit);
    if (known == null) {
      var reachable = new Reachable(repo, Reachable.Extent.EVERYTHING, Reachable.Damage.FAIL);
      reachable.addCommit(commit, 0);
      known = reachable.objects();
      sets.put(commit, known);
    }
    return known;
  }
}
