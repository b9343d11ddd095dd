package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.io.Durability;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.RepoLock;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.transfer.mirror.MirrorReport.Cleaning;
import dev.coppice.transfer.mirror.MirrorReport.RefChange;
import dev.coppice.transfer.mirror.MirrorReport.SummaryChange;
import dev.coppice.transfer.mirror.MirrorReport.Transfer;
import dev.coppice.transfer.mirror.MirrorRequest.Option;
import dev.coppice.transfer.mirror.MirrorRequest.Signing;
import dev.coppice.transfer.mirror.RetiredCommits.Retired;
import dev.coppice.transfer.mirror.UpstreamPull.Brought;
import dev.coppice.transfer.summary.SummaryFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Mirrors remotes into a repository that clients pull from meanwhile. */
public final class Mirror {
  private static final double NANOS = 1e9;

  private final Repo repo;
  private final InstantSource clock;

  /** A mirror in a repository, which stays the caller's. */
  public Mirror(Repo repo) {
    this(repo, InstantSource.system());
  }

  /** A mirror with another clock, for the times of promises. */
  public Mirror(Repo repo, InstantSource clock) {
    this.repo = repo;
    this.clock = clock;
  }

  /**
   * Mirrors once. Of several remotes one that fails does not keep the others from being mirrored:
   * the report says why it failed.
   *
   * @throws TreeException when the only remote fails, or what was brought over is not whole; what
   *     clients see is as it was then
   */
  public MirrorReport run(MirrorRequest request, Consumer<MirrorEvent> events) throws IOException {
    long start = System.nanoTime();
    requirePossible(request);
    Pass pass = new Pass(request, events, start);
    if (request.asks(Option.DRY_RUN)) {
      return pass.foresee();
    }
    repo.requireWritable();
    try (MirrorState state = MirrorState.take(repo)) {
      return pass.run(state);
    }
  }

  private static void requirePossible(MirrorRequest request) {
    boolean takesOver = request.publication().signing() instanceof Signing.Upstream;
    if (takesOver && request.remotes().size() > 1) {
      throw new Failure(
          ErrorCode.USAGE,
          "Only one remote's summary can be taken over, and "
              + request.remotes().size()
              + " are mirrored",
          "Mirror them into repositories of their own, or let the mirror make its own summary.");
    }
  }

  /** One run. */
  private final class Pass {
    private final MirrorRequest request;
    private final Consumer<MirrorEvent> events;
    private final long start;
    private final Durability durability;
    private final Map<String, TreeException> failures = new LinkedHashMap<>();

    Pass(MirrorRequest request, Consumer<MirrorEvent> events, long start) {
      this.request = request;
      this.events = events;
      this.start = start;
      boolean unsynced =
          request.asks(Option.DISABLE_FSYNC) || repo.config().fsync() == FsyncPolicy.NONE;
      this.durability = unsynced ? Durability.UNSYNCED : Durability.SYNCED;
    }

    MirrorReport foresee() throws IOException {
      Publications publications = Publications.load(MirrorState.directory(repo));
      var refs = new RefSwitch(repo, publications);
      List<Brought> brought = bring();
      Map<String, List<RefChange>> changes = changes(refs, brought);
      Instant now = clock.instant();
      refs.observe(now);
      for (Brought each : brought) {
        refs.announce(each, changesOf(changes, each), now);
        refs.conclude(changesOf(changes, each), now);
      }
      SortedSet<Checksum> doomed =
          new RetentionPlan(repo, request.retention(), now).retire(publications, mirrored(brought));
      int waiting = new RetiredCommits(MirrorState.directory(repo)).list().size();
      boolean moves = changes.values().stream().anyMatch(list -> !list.isEmpty());
      return report(
          brought,
          changes,
          0,
          moves ? expected() : SummaryChange.UNCHANGED,
          new Cleaning(List.copyOf(doomed), waiting, 0, 0, 0, false));
    }

    private SummaryChange expected() {
      return request.publication().signing() instanceof Signing.Own
          ? SummaryChange.MADE
          : SummaryChange.TAKEN_OVER;
    }

    MirrorReport run(MirrorState state) throws IOException {
      Publications publications = Publications.load(state.directory());
      var refs = new RefSwitch(repo, publications);
      refs.observe(clock.instant());
      List<Brought> brought;
      Map<String, List<RefChange>> changes;
      long verified;
      SummaryChange summary;
      // Others must not prune what is here already and no ref points to yet.
      try (RepoLock ignored = repo.lock(RepoLock.Kind.SHARED)) {
        brought = bring();
        changes = changes(refs, brought);
        verified = new CompletenessCheck(repo, request.verification(), events).run(moved(changes));
        for (Brought each : brought) {
          refs.announce(each, changesOf(changes, each), clock.instant());
        }
        refs.save(durability);
        events.accept(new MirrorEvent.Publishing(request.publication().settle()));
        for (List<RefChange> each : changes.values()) {
          refs.apply(each);
        }
        summary = publishSummary(brought);
      }
      Instant now = clock.instant();
      changes.values().forEach(each -> refs.conclude(each, now));
      refs.save(durability);
      Cleaning cleaning = clean(state, publications, mirrored(brought));
      if (cleaning.deltas() > 0) {
        summary = publishSummary(brought);
      }
      return report(brought, changes, verified, summary, cleaning);
    }

    /** Brings everything over. The first failure is thrown when nothing else came. */
    private List<Brought> bring() throws IOException {
      var brought = new ArrayList<Brought>();
      var pull = new UpstreamPull(repo, request, events);
      for (String remote : request.remotes()) {
        try {
          brought.add(pull.run(remote));
        } catch (TreeException e) {
          failures.put(remote, e);
        }
      }
      if (brought.isEmpty()) {
        throw failures.values().iterator().next();
      }
      RefSwitch.requireDisjoint(brought);
      return brought;
    }

    private Map<String, List<RefChange>> changes(RefSwitch refs, List<Brought> brought)
        throws IOException {
      var changes = new LinkedHashMap<String, List<RefChange>>();
      for (Brought each : brought) {
        changes.put(each.remote(), refs.changes(each, request.asks(Option.DELETE_REFS)));
      }
      return changes;
    }

    private static List<RefChange> changesOf(
        Map<String, List<RefChange>> changes, Brought brought) {
      return changes.getOrDefault(brought.remote(), List.of());
    }

    private static Set<Checksum> moved(Map<String, List<RefChange>> changes) {
      var moved = new TreeSet<Checksum>();
      changes.values().forEach(list -> list.forEach(each -> each.after().ifPresent(moved::add)));
      return moved;
    }

    private static Set<String> mirrored(List<Brought> brought) {
      var names = new HashSet<String>();
      brought.forEach(each -> names.add(each.remote()));
      return names;
    }

    private SummaryChange publishSummary(List<Brought> brought) throws IOException {
      Duration settle = request.publication().settle();
      boolean changed =
          switch (request.publication().signing()) {
            case Signing.Own own -> new OwnSummary(repo, own.summary(), settle).refresh();
            case Signing.Upstream() ->
                brought.getFirst().summary().orElseThrow().store(new SummaryFiles(repo, settle));
          };
      return changed ? expected() : SummaryChange.UNCHANGED;
    }

    private Cleaning clean(MirrorState state, Publications publications, Set<String> remotes)
        throws IOException {
      Instant now = clock.instant();
      try {
        SortedSet<Checksum> retired =
            new Retirement(repo, state, durability)
                .run(publications, remotes, request.retention(), now);
        return sweep(state, List.copyOf(retired), now);
      } catch (RepoLock.LockedException e) {
        int waiting = new RetiredCommits(state.directory()).list().size();
        return new Cleaning(List.of(), waiting, 0, 0, 0, true);
      }
    }

    private Cleaning sweep(MirrorState state, List<Checksum> retired, Instant now)
        throws IOException {
      Instant limit = now.minus(request.retention().grace());
      var waiting = new ArrayList<Retired>();
      var over = new ArrayList<Retired>();
      for (Retired each : new RetiredCommits(state.directory()).list()) {
        (each.since().isAfter(limit) ? waiting : over).add(each);
      }
      if (over.isEmpty()) {
        return new Cleaning(retired, waiting.size(), 0, 0, 0, false);
      }
      events.accept(new MirrorEvent.Sweeping());
      var sweep = new Sweep(repo, waiting);
      sweep.run();
      for (Retired each : over) {
        if (!repo.store().has(ObjectName.commit(each.commit()))) {
          repo.store().delete(new ObjectName(ObjectType.COMMITMETA, each.commit()));
        }
        each.delete();
      }
      return new Cleaning(
          retired, waiting.size(), sweep.objects(), sweep.bytes(), sweep.deltas(), false);
    }

    private MirrorReport report(
        List<Brought> brought,
        Map<String, List<RefChange>> changes,
        long verified,
        SummaryChange summary,
        Cleaning cleaning) {
      var upstreams = new ArrayList<MirrorReport.Upstream>();
      for (String remote : request.remotes()) {
        upstreams.add(upstream(remote, brought, changes));
      }
      return new MirrorReport(
          request.asks(Option.DRY_RUN),
          upstreams,
          verified,
          summary,
          cleaning,
          (System.nanoTime() - start) / NANOS);
    }

    private MirrorReport.Upstream upstream(
        String remote, List<Brought> brought, Map<String, List<RefChange>> changes) {
      Optional<Brought> found =
          brought.stream().filter(each -> each.remote().equals(remote)).findFirst();
      if (found.isEmpty()) {
        return new MirrorReport.Upstream(
            remote, Optional.ofNullable(failures.get(remote)), List.of(), 0, Transfer.NOTHING);
      }
      List<RefChange> own = changesOf(changes, found.get());
      long set = own.stream().filter(change -> change.after().isPresent()).count();
      int unchanged = found.get().refs().size() - (int) set;
      return new MirrorReport.Upstream(
          remote, Optional.empty(), own, unchanged, found.get().transfer());
    }
  }
}
