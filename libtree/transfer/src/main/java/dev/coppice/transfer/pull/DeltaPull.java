package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.ref.RefAddress;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.RepoMode;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.apply.ApplyRules;
import dev.coppice.transfer.delta.apply.ApplyStats;
import dev.coppice.transfer.delta.apply.DeltaParts;
import dev.coppice.transfer.pull.PullRequest.Option;
import dev.coppice.transfer.pull.Targets.Ref;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The static deltas of a pull: decides which are used, gives the commits that are inside of them,
 * and makes the objects of each commit once that was verified. What a delta does not bring -
 * because it is damaged, or leaves large files to be fetched by themselves - is fetched as if there
 * were no delta, since trees are walked afterwards in any case. Source: {@code
 * process_one_static_delta}.
 */
final class DeltaPull {
  private final Transaction transaction;
  private final Origin origin;
  private final PullRequest request;
  private final Consumer<PullEvent> events;
  private final Map<Checksum, List<DeltaStep>> routes = new HashMap<>();
  private final AtomicReference<ApplyStats> stats = new AtomicReference<>(ApplyStats.NONE);

  DeltaPull(
      Transaction transaction, Origin origin, PullRequest request, Consumer<PullEvent> events) {
    this.transaction = transaction;
    this.origin = origin;
    this.request = request;
    this.events = events;
  }

  /**
   * Decides for all targets.
   *
   * @param places where each ref is kept here
   * @throws Failure when deltas are required and there are none
   */
  void plan(Targets targets, Map<Ref, RefAddress> places) throws IOException {
    if (!isWanted()) {
      return;
    }
    DeltaStore store = origin.deltas();
    if (!store.offersAny()) {
      if (request.asks(Option.REQUIRE_STATIC_DELTAS)) {
        throw new Failure(
            ErrorCode.DELTA_MISSING,
            "Fetch configured to require static deltas, but no summary deltas or delta index"
                + " found",
            "Pull without --require-static-deltas, or have deltas made there ('static-delta"
                + " generate', then 'summary -u').");
      }
      return;
    }
    var tools = new DeltaRoutes.Tools(transaction, origin, store, parts());
    var finder = new DeltaRoutes(tools, request.asks(Option.REQUIRE_STATIC_DELTAS), events);
    for (Map.Entry<Checksum, List<Ref>> target : targets.byCommit().entrySet()) {
      List<DeltaStep> route = finder.find(target.getKey(), isNew(target.getValue(), places));
      if (!route.isEmpty()) {
        routes.put(target.getKey(), route);
        route.forEach(step -> events.accept(new PullEvent.DeltaPlanned(step.planned())));
      }
    }
    requireRoom();
  }

  /** Whether deltas are looked for at all. */
  private boolean isWanted() {
    if (request.asks(Option.REQUIRE_STATIC_DELTAS)) {
      return !request.asks(Option.COMMIT_METADATA_ONLY);
    }
    // Objects of an archive repository are stored as they come; made by a delta, they would have
    // to be compressed anew. Parts of trees need parts of deltas.
    return !request.asks(Option.DISABLE_STATIC_DELTAS)
        && !request.asks(Option.COMMIT_METADATA_ONLY)
        && !origin.isLocal()
        && transaction.repo().mode() != RepoMode.ARCHIVE
        && request.scope().subpaths().isEmpty();
  }

  /** Whether none of the refs is here yet. */
  private boolean isNew(List<Ref> refs, Map<Ref, RefAddress> places) throws IOException {
    for (Ref ref : refs) {
      RefAddress place = places.get(ref);
      if (place != null && transaction.repo().refs().exists(place)) {
        return false;
      }
    }
    return true;
  }

  private void requireRoom() throws IOException {
    long needed = 0;
    for (List<DeltaStep> route : routes.values()) {
      needed += route.stream().mapToLong(DeltaStep::disk).sum();
    }
    long free = transaction.writer().spaceLeft();
    if (needed > free && !request.asks(Option.DRY_RUN)) {
      throw new Failure(
          ErrorCode.SPACE_LOW,
          "Delta requires " + needed + " bytes of free space, but only " + free + " available",
          "Free space there (try 'coppice prune --refs-only'), or lower"
              + " core.min-free-space-size or core.min-free-space-percent in its config. Nothing"
              + " was fetched.");
    }
  }

  private DeltaParts parts() throws IOException {
    ApplyRules rules =
        request.asks(Option.BAREUSERONLY_FILES)
            ? new ApplyRules(LocalSource::checkHarmless)
            : ApplyRules.ANY;
    return new DeltaParts(transaction, rules);
  }

  /** What is planned. */
  List<PlannedDelta> planned() {
    return routes.values().stream()
        .flatMap(List::stream)
        .map(DeltaStep::planned)
        .sorted(Comparator.comparing(PlannedDelta::name))
        .toList();
  }

  /** What came of deltas so far. */
  ApplyStats stats() {
    return Objects.requireNonNull(stats.get());
  }

  /** A source that has what is inside of the superblocks, and all that another source has. */
  PullSource over(PullSource source) {
    return routes.isEmpty() ? source : new DeltaSource(source, this::inside);
  }

  private Optional<byte[]> inside(ObjectName object) {
    List<DeltaStep> route = routes.get(object.checksum());
    return route == null ? Optional.empty() : route.getLast().inside(object);
  }

  /**
   * Makes the objects of a commit that was verified, as far as there are deltas to it.
   *
   * @return whether its tree is to be looked through for what is missing; not in a dry run, which
   *     knows enough
   */
  boolean bring(Checksum commit, PullSource source) throws IOException {
    List<DeltaStep> route = routes.get(commit);
    if (route == null) {
      return true;
    }
    if (request.asks(Option.DRY_RUN)) {
      return false;
    }
    DeltaStore store = origin.deltas();
    for (DeltaStep step : route) {
      try {
        if (!step.name().to().equals(commit)) {
          verifyBetween(step, source);
        }
        apply(step, store);
      } catch (DeltaException e) {
        if (request.asks(Option.REQUIRE_STATIC_DELTAS)) {
          throw e;
        }
        events.accept(new PullEvent.DeltaRefused(step.name(), e.getMessage()));
        return true;
      }
    }
    return true;
  }

  /** The commit between two deltas is not kept, but what it vouches for is used. */
  private void verifyBetween(DeltaStep step, PullSource source) throws IOException {
    Checksum commit = step.name().to();
    var name = new ObjectName(ObjectType.COMMITMETA, commit);
    Optional<byte[]> detached = step.inside(name);
    if (detached.isEmpty()) {
      detached = Optional.ofNullable(source.load(name, PullSource.MAX_METADATA));
    }
    origin.trust().verify(commit, step.superblock().commit().serialized(), detached);
  }

  private void apply(DeltaStep step, DeltaStore store) throws IOException {
    int total = step.missing().size();
    var done = new AtomicLong();
    ApplyStats applied =
        parts()
            .apply(
                step.superblock(),
                step.missing(),
                store.files(step.name()),
                part -> {
                  long count = done.incrementAndGet();
                  events.accept(new PullEvent.PartApplied(step.name(), count, total, part.size()));
                });
    stats.accumulateAndGet(applied, ApplyStats::plus);
  }
}
