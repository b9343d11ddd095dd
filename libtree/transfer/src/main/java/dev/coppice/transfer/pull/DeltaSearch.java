package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.delta.DeltaName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the deltas that may be part of a way to a commit: those that lead to it from commits that
 * are here, or, where there are none, those of chains that start from such commits. Source: {@code
 * get_best_static_delta_start_for}, which knows no chains.
 */
final class DeltaSearch {
  /** Deltas between a commit that is here and the wanted one. */
  private static final int HOPS = 6;

  /** Commits of which it is asked what leads to them. */
  private static final int LOOKUPS = 24;

  /** Of several commits that a delta starts from, the newest are most alike to the new one. */
  private static final int STARTS = 3;

  private final Repo repo;
  private final DeltaStore store;
  private final Map<DeltaName, Optional<Checksum>> known = new TreeMap<>();
  private final Map<Checksum, Boolean> here = new HashMap<>();

  DeltaSearch(Repo repo, DeltaStore store) {
    this.repo = repo;
    this.store = store;
  }

  /** Whether a commit is here, with everything in it. */
  boolean isHere(Checksum commit) throws IOException {
    Boolean seen = here.get(commit);
    if (seen == null) {
      seen =
          repo.objects().has(ObjectName.commit(commit))
              && repo.partialCommits().state(commit) == State.COMPLETE;
      here.put(commit, seen);
    }
    return seen;
  }

  /** The commits that turned out to be here. */
  Set<Checksum> here() {
    var commits = new HashSet<Checksum>();
    here.forEach(
        (commit, whole) -> {
          if (whole) {
            commits.add(commit);
          }
        });
    return commits;
  }

  /**
   * Deltas that are worth asking for, each with the checksum of its superblock where it is known.
   *
   * @param fromScratch whether one from scratch is among them, where there is one
   */
  Map<DeltaName, Optional<Checksum>> candidates(Checksum target, boolean fromScratch)
      throws IOException {
    List<DeltaName> starts = explore(target);
    if (starts.isEmpty()) {
      DeltaName scratch = DeltaName.fromScratch(target);
      return fromScratch && known.containsKey(scratch)
          ? Map.of(scratch, known.get(scratch))
          : Map.of();
    }
    var candidates = new TreeMap<DeltaName, Optional<Checksum>>();
    for (DeltaName start : starts) {
      addWithFollowers(start, candidates);
    }
    return candidates;
  }

  private void addWithFollowers(DeltaName delta, Map<DeltaName, Optional<Checksum>> found) {
    Optional<Checksum> digest = known.getOrDefault(delta, Optional.empty());
    if (found.put(delta, digest) == null) {
      for (DeltaName next : List.copyOf(known.keySet())) {
        if (next.from().filter(delta.to()::equals).isPresent()) {
          addWithFollowers(next, found);
        }
      }
    }
  }

  /** Goes back from the target, and returns the deltas that start from what is here. */
  private List<DeltaName> explore(Checksum target) throws IOException {
    var seen = new HashSet<Checksum>(Set.of(target));
    List<Checksum> frontier = List.of(target);
    int lookups = 0;
    for (int hop = 0; hop < HOPS && !frontier.isEmpty(); hop++) {
      var starts = new ArrayList<DeltaName>();
      var next = new ArrayList<Checksum>();
      for (Checksum commit : frontier) {
        if (lookups++ == LOOKUPS) {
          return newest(starts);
        }
        Map<DeltaName, Optional<Checksum>> leading = store.leadingTo(commit);
        known.putAll(leading);
        for (DeltaName delta : leading.keySet()) {
          if (delta.from().isPresent()) {
            Checksum from = delta.from().get();
            if (isHere(from)) {
              starts.add(delta);
            } else if (seen.add(from)) {
              next.add(from);
            }
          }
        }
      }
      if (!starts.isEmpty()) {
        return newest(starts);
      }
      frontier = next;
    }
    return List.of();
  }

  private List<DeltaName> newest(List<DeltaName> starts) throws IOException {
    var times = new HashMap<DeltaName, Long>();
    for (DeltaName start : starts) {
      times.put(start, repo.loadCommit(start.from().orElseThrow()).timestamp());
    }
    return starts.stream()
        .sorted(
            Comparator.comparingLong((DeltaName start) -> times.getOrDefault(start, 0L))
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .limit(STARTS)
        .toList();
  }
}
