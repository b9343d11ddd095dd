package dev.coppice.core.fsck;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.fsck.Finding.Kind;
import dev.coppice.core.fsck.Finding.Place;
import dev.coppice.core.fsck.FsckEvent.Phase;
import dev.coppice.core.fsck.FsckRequest.Option;
import dev.coppice.core.fsck.ObjectCheck.Damage;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.ObjectRemoval;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.RepoLock;
import dev.coppice.core.store.LooseStore;
import dev.coppice.core.tree.Reachable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Verifies a repository: that refs lead to commits, and that every object that a complete commit
 * reaches is there and intact. Objects that nothing reaches are not looked at.
 *
 * <p>Damage does not end the run. A commit that lacks an object is marked as partial, so that a
 * pull fetches what is missing. Source: {@code ot-builtin-fsck.c}.
 */
public final class Fsck {
  private final Repo repo;

  /** An fsck of a repository, with the objects of its parents. */
  public Fsck(Repo repo) {
    this.repo = repo;
  }

  /** Verifies; the result says what is wrong. */
  public FsckResult run(FsckRequest request, Consumer<FsckEvent> events) throws IOException {
    RepoLock.Kind kind =
        request.asks(Option.DELETE) ? RepoLock.Kind.EXCLUSIVE : RepoLock.Kind.SHARED;
    // Without a lock, a prune meanwhile would look like damage.
    try (RepoLock lock = repo.lock(kind);
        var objects = new ObjectCheck(repo, events)) {
      return new Run(request, events, objects).run();
    }
  }

  private final class Run {
    private final FsckRequest request;
    private final Consumer<FsckEvent> events;
    private final ObjectCheck objects;
    private final RefCheck refs;
    private final Set<Checksum> complete = new TreeSet<>();
    private final List<Checksum> missingParents = new ArrayList<>();
    private int partial;
    private int damaged;

    Run(FsckRequest request, Consumer<FsckEvent> events, ObjectCheck objects) {
      this.request = request;
      this.events = events;
      this.objects = objects;
      this.refs = new RefCheck(repo, request, objects, events);
    }

    FsckResult run() throws IOException {
      events.accept(Phase.REFS);
      refs.checkRefs();
      events.accept(Phase.COLLECTION_REFS);
      refs.checkCollectionRefs();
      events.accept(Phase.COMMITS);
      for (Checksum commit : commits()) {
        checkCommit(commit);
      }
      events.accept(new FsckEvent.VerifyingObjects(complete.size()));
      var reachable = new Reachable(repo, Reachable.Extent.EVERYTHING, Reachable.Damage.SKIP);
      for (Checksum commit : complete) {
        reachable.addCommit(commit, 0);
      }
      var findings = new ArrayList<>(refs.findings());
      findings.addAll(report(objects.check(reachable.objects())));
      addTombstones();
      return new FsckResult(
          complete.size(), partial, damaged, reachable.objects().size(), findings, refs.problems());
    }

    /** Commits of parent repositories too: their objects are as good as one's own. */
    private Set<Checksum> commits() throws IOException {
      var commits = new TreeSet<Checksum>();
      for (LooseStore store : repo.stores()) {
        store.list(
            name -> {
              if (name.type() == ObjectType.COMMIT) {
                commits.add(name.checksum());
              }
            });
      }
      return commits;
    }

    private void checkCommit(Checksum checksum) throws IOException {
      State state = repo.partialCommits().state(checksum);
      if (state == State.COMPLETE) {
        complete.add(checksum);
      } else {
        partial++;
        damaged += state == State.DAMAGED ? 1 : 0;
      }
      Commit commit;
      try {
        commit = repo.loadCommit(checksum);
      } catch (TreeException e) {
        // Verifying it finds that out again, and reports it.
        return;
      }
      if (request.asks(Option.VERIFY_BACK_REFS)) {
        refs.checkBackRefs(checksum, commit);
      }
      if (commit.parent().isPresent()
          && !repo.objects().has(ObjectName.commit(commit.parent().get()))) {
        missingParents.add(commit.parent().get());
      }
    }

    private List<Finding> report(SortedMap<ObjectName, Damage> damage) throws IOException {
      if (damage.isEmpty()) {
        return List.of();
      }
      Map<ObjectName, List<Place>> places = new PlaceSearch(repo, damage.keySet()).find(complete);
      ObjectRemoval removal = repo.removal();
      var findings = new ArrayList<Finding>();
      for (Map.Entry<ObjectName, Damage> each : damage.entrySet()) {
        ObjectName name = each.getKey();
        List<Place> at = places.getOrDefault(name, List.of());
        List<Checksum> commits = at.stream().map(Place::commit).distinct().sorted().toList();
        var finding =
            new Finding(name, each.getValue().kind(), each.getValue().detail(), commits, at);
        findings.add(finding);
        events.accept(new FsckEvent.Found(finding));
        boolean delete = finding.kind() == Kind.CORRUPT && request.asks(Option.DELETE);
        if (delete) {
          removal.delete(name);
        }
        if ((delete || finding.kind() == Kind.MISSING) && name.type() != ObjectType.COMMIT) {
          markPartial(commits);
        }
      }
      return findings;
    }

    private void markPartial(List<Checksum> commits) throws IOException {
      for (Checksum commit : commits) {
        if (repo.partialCommits().state(commit) == State.COMPLETE) {
          events.accept(new FsckEvent.MarkedPartial(commit));
          repo.partialCommits().mark(commit, State.DAMAGED);
        }
      }
    }

    /**
     * The documentation says that missing commits get a tombstone. The real tool, up to 2026.4,
     * deletes the commit whose parent is missing instead, which loses a commit that is intact.
     */
    private void addTombstones() throws IOException {
      if (!request.asks(Option.ADD_TOMBSTONES) || missingParents.isEmpty()) {
        return;
      }
      ObjectRemoval removal = repo.removal();
      removal.enableTombstones();
      for (Checksum commit : new TreeSet<>(missingParents)) {
        if (!repo.store().has(new ObjectName(ObjectType.TOMBSTONE, commit))) {
          removal.writeTombstone(commit);
          events.accept(new FsckEvent.TombstoneAdded(commit));
        }
      }
    }
  }
}
