package dev.coppice.transfer.mirror;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.ref.RefAddress;
import dev.coppice.core.ref.RefPlace;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.mirror.Publications.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the commits that a mirror does not keep any more.
 *
 * <p>Of each ref of the remotes in question the newest commits are kept: along its history as far
 * as the mirror has it, then what the ref pointed to before. All that other refs reach is kept, and
 * what any ref pointed to within the grace time. Commits that no mirror brought here are left
 * alone.
 */
final class RetentionPlan {
  private final Repo repo;
  private final Retention retention;
  private final Instant now;
  private final Map<Checksum, Optional<Commit>> loaded = new HashMap<>();

  RetentionPlan(Repo repo, Retention retention, Instant now) {
    this.repo = repo;
    this.retention = retention;
    this.now = now;
  }

  /**
   * The commits to retire.
   *
   * @param remotes whose refs are looked at
   */
  SortedSet<Checksum> retire(Publications publications, Set<String> remotes) throws IOException {
    Map<RefAddress, List<Entry>> ours = new HashMap<>();
    var kept = new TreeSet<Checksum>();
    Instant limit = now.minus(retention.grace());
    for (Entry entry : publications.entries()) {
      if (remotes.contains(entry.remote())) {
        ours.computeIfAbsent(entry.ref(), _ -> new ArrayList<>()).add(entry);
      } else {
        kept.add(entry.commit());
      }
      if (entry.until().isEmpty() || entry.until().get().isAfter(limit)) {
        kept.add(entry.commit());
      }
    }
    var known = new LinkedHashSet<Checksum>();
    for (Map.Entry<RefAddress, List<Entry>> ref : ours.entrySet()) {
      List<Checksum> candidates = candidates(ref.getValue());
      known.addAll(candidates);
      keep(ref.getValue(), candidates, kept);
    }
    keepOtherRefs(ours.keySet(), kept);
    known.removeAll(kept);
    var doomed = new TreeSet<Checksum>();
    for (Checksum each : known) {
      if (commit(each).isPresent()) {
        doomed.add(each);
      }
    }
    return doomed;
  }

  /** What a ref has and had, newest first. */
  private List<Checksum> candidates(List<Entry> entries) throws IOException {
    var newest = new ArrayList<>(entries);
    newest.sort(
        Comparator.comparing((Entry entry) -> entry.until().orElse(Instant.MAX))
            .thenComparing(Entry::from)
            .reversed());
    var found = new LinkedHashSet<Checksum>();
    for (Entry entry : newest) {
      if (entry.until().isEmpty()) {
        found.add(entry.commit()); // A dry run has not brought it here.
      }
      walk(entry.commit(), found);
    }
    return List.copyOf(found);
  }

  /** Adds a commit and its ancestors, as far as they are here. */
  private void walk(Checksum start, Set<Checksum> found) throws IOException {
    Optional<Checksum> next = Optional.of(start);
    while (next.isPresent() && commit(next.get()).isPresent()) {
      boolean added = found.add(next.get());
      if (!added && !next.get().equals(start)) {
        return;
      }
      next = commit(next.get()).flatMap(Commit::parent);
    }
  }

  private void keep(List<Entry> entries, List<Checksum> candidates, Set<Checksum> kept)
      throws IOException {
    boolean there = entries.stream().anyMatch(entry -> entry.until().isEmpty());
    if (!there) {
      return; // The ref is gone: only the grace time keeps what it had.
    }
    if (!retention.limited()) {
      kept.addAll(candidates);
      return;
    }
    retention
        .keep()
        .ifPresent(count -> kept.addAll(candidates.subList(0, Math.min(count, candidates.size()))));
    if (retention.youngerThan().isPresent()) {
      long oldest = now.minus(retention.youngerThan().get()).getEpochSecond();
      for (Checksum each : candidates) {
        // The time of a commit is an unsigned number.
        long time = commit(each).map(Commit::timestamp).orElse(0L);
        if (Long.compareUnsigned(time, Math.max(0, oldest)) >= 0) {
          kept.add(each);
        }
      }
    }
  }

  /** What refs reach that are none of this mirror's. */
  private void keepOtherRefs(Set<RefAddress> ours, Set<Checksum> kept) throws IOException {
    var refs = new TreeMap<String, Checksum>();
    repo.refs()
        .list(RefPrefix.ALL)
        .forEach(
            (ref, commit) -> {
              if (!ours.contains(ref)) {
                refs.put(ref.toString(), commit);
              }
            });
    repo.refs()
        .listCollections(Optional.empty(), EnumSet.of(RefPlace.MIRRORS))
        .forEach(
            (ref, commit) -> {
              if (!ours.contains(ref)) {
                refs.put(ref.toString(), commit);
              }
            });
    var reached = new LinkedHashSet<Checksum>();
    for (Checksum commit : refs.values()) {
      walk(commit, reached);
    }
    kept.addAll(reached);
  }

  private Optional<Commit> commit(Checksum checksum) throws IOException {
    Optional<Commit> known = loaded.get(checksum);
    if (known == null) {
      known =
          repo.store().has(ObjectName.commit(checksum))
              ? Optional.of(repo.loadCommit(checksum))
              : Optional.empty();
      loaded.put(checksum, known);
    }
    return known;
  }
}
