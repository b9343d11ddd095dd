package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefAddress;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.RefUpdate;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.posix.Fs;
import dev.coppice.transfer.pull.PullRequest.Option;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import dev.coppice.transfer.pull.Targets.Ref;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Pulls. Source: {@code ostree_repo_pull_with_options}. */
public final class Pull {
  private static final double NANOS = 1e9;

  private final Repo destination;
  private final Origin origin;

  /** A pull into a repository; both stay the caller's. */
  public Pull(Repo destination, Origin origin) {
    this.destination = destination;
    this.origin = origin;
  }

  /** Pulls. What was brought over before a failure stays staged for the next attempt. */
  public PullResult run(PullRequest request, Consumer<PullEvent> events) throws IOException {
    long start = System.nanoTime();
    Targets targets = origin.resolve(request);
    Map<Ref, RefAddress> places = places(targets, request);
    // Older repositories do not have it.
    Fs.mkdirIfMissing(destination.descriptor(), RepoLayout.STATE, 0777);
    try (Transaction transaction = destination.begin(request.fsync());
        PullSource objects = origin.source(transaction, request);
        var caches = new Caches(transaction, request)) {
      var deltas = new DeltaPull(transaction, origin, request, events);
      deltas.plan(targets, places);
      PullSource source = deltas.over(objects);
      var checks = CommitChecks.of(destination, request, source.collection(), places);
      var crew = new Crew(source.parallelism());
      var place = new MetadataScan.Place(transaction, source, caches.sources(), crew);
      var trees = new MetadataScan(place, SubpathFilter.of(request.scope().subpaths()), events);
      var commits =
          new CommitScan(
              place, new CommitScan.Task(origin, request, checks, deltas, events), trees);
      commits.add(targets);
      crew.work();

      var content = new ContentImport(place, trees.missingFiles(), events);
      PullPlan plan = Preflight.of(place, trees, commits, deltas.planned(), request).plan();
      events.accept(new PullEvent.Planned(plan));
      List<PullResult.Moved> moved = List.of();
      if (!request.asks(Option.DRY_RUN)) {
        content.run();
        moved = publish(transaction, targets, places, request);
        if (mirrorsAll(request)) {
          origin.mirrorSummary(transaction);
        }
        unmark(request, commits);
      }
      return new PullResult(
          trees.fetched(),
          content.fetched(),
          trees.cached(),
          content.cached(),
          content.bytes() + deltas.stats().bytes(),
          deltas.stats().parts(),
          origin.transferred(),
          (System.nanoTime() - start) / NANOS,
          moved,
          plan);
    }
  }

  private static boolean mirrorsAll(PullRequest request) {
    return request.asks(Option.MIRROR) && request.wanted().isEmpty();
  }

  /** Where each ref is kept in the destination. */
  private Map<Ref, RefAddress> places(Targets targets, PullRequest request) {
    var places = new TreeMap<Ref, RefAddress>();
    for (Ref ref : targets.refs().keySet()) {
      Optional<RemoteName> remote = origin.remote();
      RefAddress place;
      if (request.asks(Option.MIRROR)) {
        boolean foreign =
            ref.collection().isPresent()
                && !ref.collection().equals(destination.config().collection());
        place =
            foreign
                ? new CollectionRef(ref.collection().get(), ref.name())
                : new RefSpec.Local(ref.name());
      } else if (remote.isPresent()) {
        place = new RefSpec.Remote(remote.get(), ref.name());
      } else {
        place = new RefSpec.Local(ref.name());
      }
      places.put(ref, place);
    }
    return places;
  }

  private List<PullResult.Moved> publish(
      Transaction transaction, Targets targets, Map<Ref, RefAddress> places, PullRequest request)
      throws IOException {
    var updates = new ArrayList<RefUpdate>();
    var moved = new ArrayList<PullResult.Moved>();
    for (Map.Entry<Ref, RefAddress> each : places.entrySet()) {
      RefAddress place = each.getValue();
      Checksum commit = Objects.requireNonNull(targets.refs().get(each.getKey()));
      Optional<Checksum> before =
          destination.refs().exists(place) ? destination.refs().read(place) : Optional.empty();
      if (before.filter(commit::equals).isEmpty()) {
        updates.add(RefUpdate.set(place, commit));
        moved.add(new PullResult.Moved(place.toString(), before, commit));
      }
    }
    transaction.publish(request.asks(Option.LEAVE_REFS) ? List.of() : updates);
    return moved;
  }

  /** Commits that are whole now; one of which only a part was asked for stays marked. */
  private void unmark(PullRequest request, CommitScan commits) throws IOException {
    if (request.asks(Option.COMMIT_METADATA_ONLY) || !request.scope().subpaths().isEmpty()) {
      return;
    }
    for (Checksum commit : commits.found()) {
      destination.partialCommits().mark(commit, State.COMPLETE);
    }
  }

  /** Whether a ref is asked for whose commit has to be found out. */
  static boolean asksForRefs(PullRequest request) {
    return request.wanted().stream()
        .anyMatch(each -> each instanceof Wanted.OfRef ref && ref.commit().isEmpty());
  }

  /** The repositories that are asked for objects first. */
  private static final class Caches implements AutoCloseable {
    private final List<Repo> repos = new ArrayList<>();
    private final List<PullSource> sources = new ArrayList<>();

    Caches(Transaction transaction, PullRequest request) throws IOException {
      try {
        for (Path path : request.caches()) {
          Repo repo = Repo.open(path);
          repos.add(repo);
          sources.add(new LocalSource(repo, transaction, request, repo.config().collection()));
        }
      } catch (IOException | RuntimeException e) {
        close();
        throw e;
      }
    }

    List<PullSource> sources() {
      return sources;
    }

    @Override
    public void close() throws IOException {
      for (PullSource source : sources) {
        source.close();
      }
      for (Repo repo : repos) {
        repo.close();
      }
    }
  }
}
