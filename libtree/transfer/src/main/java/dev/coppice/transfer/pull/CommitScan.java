package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.Transaction;
import dev.coppice.transfer.pull.PullRequest.Option;
import dev.coppice.transfer.pull.Targets.Ref;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings over commits and their ancestors. Nothing of a commit is stored, and nothing of its tree
 * is fetched, before its signatures, bindings and time were found to be as demanded. Source: {@code
 * scan_commit_object}, {@code meta_fetch_on_complete}.
 */
final class CommitScan {
  private static final int WHOLE_HISTORY = -1;

  /** More than any depth that was asked for. */
  private static final int INFINITE = Integer.MAX_VALUE;

  private final MetadataScan.Place place;
  private final Origin origin;
  private final PullRequest request;
  private final CommitChecks checks;
  private final DeltaPull deltas;
  private final MetadataScan trees;
  private final Consumer<PullEvent> events;

  /** The depth that each commit was visited with; a visit from deeper finds nothing new. */
  private final Map<Checksum, Integer> visited = new ConcurrentHashMap<>();

  private final SortedSet<Checksum> found = new ConcurrentSkipListSet<>();
  private final Map<Checksum, Commit> targets = new ConcurrentHashMap<>();
  private Map<Checksum, Long> sizes = Map.of();

  /** What a scan is told. */
  record Task(
      Origin origin,
      PullRequest request,
      CommitChecks checks,
      DeltaPull deltas,
      Consumer<PullEvent> events) {}

  CommitScan(MetadataScan.Place place, Task task, MetadataScan trees) {
    this.place = place;
    this.origin = task.origin();
    this.request = task.request();
    this.checks = task.checks();
    this.deltas = task.deltas();
    this.events = task.events();
    this.trees = trees;
  }

  /** Commits that were brought over or were there, ancestors included. */
  SortedSet<Checksum> found() {
    return found;
  }

  /** The commits that were asked for. */
  Map<Checksum, Commit> targets() {
    return targets;
  }

  /** Adds what was asked for to what the crew brings over. */
  void add(Targets wanted) {
    sizes = Map.copyOf(wanted.sizes());
    int depth = request.scope().depth() == WHOLE_HISTORY ? INFINITE : request.scope().depth();
    wanted
        .byCommit()
        .forEach((commit, refs) -> place.crew().add(() -> target(commit, refs, depth)));
  }

  private void target(Checksum checksum, List<Ref> refs, int depth) throws IOException {
    Commit commit = visit(checksum, refs, depth);
    if (commit == null) {
      throw new MissingObjectException(ObjectName.commit(checksum));
    }
    targets.put(checksum, commit);
  }

  /** Brings a commit over; null when the source does not have it. */
  private @Nullable Commit visit(Checksum checksum, List<Ref> refs, int depth) throws IOException {
    boolean first = visited.put(checksum, depth) == null;
    boolean stored = MetadataScan.stored(place.transaction(), ObjectName.commit(checksum));
    Commit commit =
        trees
            .large()
            .take(most -> Optional.ofNullable(commit(checksum, refs, stored, most)))
            .orElse(null);
    if (commit == null) {
      return null;
    }
    found.add(checksum);
    if (depth > 0 && commit.parent().isPresent()) {
      Checksum parent = commit.parent().get();
      int left = depth == INFINITE ? INFINITE : depth - 1;
      if (visited.getOrDefault(parent, -1) < left) {
        place.crew().add(() -> ancestor(parent, left));
      }
    }
    State state = place.transaction().repo().partialCommits().state(checksum);
    boolean whole = stored && state == State.COMPLETE;
    if (first
        && !whole
        && !request.asks(Option.COMMIT_METADATA_ONLY)
        && deltas.bring(checksum, place.source())) {
      trees.add(commit.tree(), commit.meta());
    }
    return commit;
  }

  /** History may end anywhere: the source may not have all of it either. */
  private void ancestor(Checksum checksum, int depth) throws IOException {
    if (visit(checksum, List.of(), depth) == null && origin.hasTombstones()) {
      var tombstone = new ObjectName(ObjectType.TOMBSTONE, checksum);
      byte[] bytes = place.source().load(tombstone, LargeObjects.SMALL);
      if (bytes != null) {
        place.source().stage(tombstone, bytes);
      }
    }
  }

  private @Nullable Commit commit(Checksum checksum, List<Ref> refs, boolean stored, long most)
      throws IOException {
    Transaction transaction = place.transaction();
    ObjectName name = ObjectName.commit(checksum);
    PullSource from = holder(name);
    // Signatures may have been added since the commit was pulled, so they are always asked for.
    byte[] detached = from.load(commitmeta(checksum), most);
    byte[] bytes =
        stored
            ? transaction.objects().loadIfExists(name)
            : from.load(name, Math.min(most, sizes.getOrDefault(checksum, most)));
    if (bytes == null) {
      return null;
    }
    MetadataScan.checked(name, bytes);
    Commit commit = name.decode(bytes, Commit::decode);
    Optional<byte[]> signatures =
        detached == null && stored
            ? transaction.repo().loadDetachedMetadata(checksum)
            : Optional.ofNullable(detached);
    List<String> verified = origin.trust().verify(checksum, bytes, signatures);
    if (!verified.isEmpty()) {
      events.accept(new PullEvent.Verified(checksum, verified));
    }
    checks.check(checksum, commit, refs);
    if (request.asks(Option.DRY_RUN)) {
      // A dry run reads; it leaves no marks.
      return commit;
    }
    if (!stored) {
      // Before the commit can be seen anywhere, so that it is never taken for complete.
      transaction.repo().partialCommits().mark(checksum, State.PARTIAL);
      from.stage(name, bytes);
      trees.countCommit(ObjectType.COMMIT, !from.equals(place.source()));
    }
    Optional<byte[]> kept = origin.detached(checksum, bytes, Optional.ofNullable(detached));
    if (kept.isPresent()) {
      transaction.writeDetachedMetadata(checksum, kept.get());
    }
    return commit;
  }

  /** The first cache that has a commit, else the source. */
  private PullSource holder(ObjectName commit) throws IOException {
    for (PullSource cache : place.caches()) {
      if (cache.load(commit, PullSource.MAX_METADATA) != null) {
        return cache;
      }
    }
    return place.source();
  }

  private static ObjectName commitmeta(Checksum commit) {
    return new ObjectName(ObjectType.COMMITMETA, commit);
  }
}
