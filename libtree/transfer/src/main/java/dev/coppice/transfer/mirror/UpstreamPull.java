package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.RefAddress;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.mirror.MirrorReport.Transfer;
import dev.coppice.transfer.mirror.MirrorRequest.Option;
import dev.coppice.transfer.mirror.MirrorRequest.Signing;
import dev.coppice.transfer.pull.CountersigningOrigin;
import dev.coppice.transfer.pull.Origin;
import dev.coppice.transfer.pull.Pull;
import dev.coppice.transfer.pull.PullRequest;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import dev.coppice.transfer.pull.PullResult;
import dev.coppice.transfer.remote.VerifiedSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Brings over what a mirror wants of one upstream. No ref moves. */
final class UpstreamPull {
  /** Made anew with every summary, by whoever makes it. */
  private static final String METADATA_REF = "ostree-metadata";

  private final Repo repo;
  private final MirrorRequest request;
  private final Consumer<MirrorEvent> events;

  /**
   * What was brought over.
   *
   * @param refs where refs are to point to, by where they are kept
   * @param summary the upstream's, if it is to be taken over
   */
  record Brought(
      String remote,
      SortedMap<String, Target> refs,
      Transfer transfer,
      Optional<VerifiedSummary> summary) {}

  /** A ref and what it is to point to. */
  record Target(RefAddress ref, Checksum commit) {}

  UpstreamPull(Repo repo, MirrorRequest request, Consumer<MirrorEvent> events) {
    this.repo = repo;
    this.request = request;
    this.events = events;
  }

  Brought run(String remote) throws IOException {
    try (Upstream upstream = Upstream.open(repo, remote, request.fetch())) {
      SortedMap<UpstreamRef, Checksum> selected = select(upstream);
      events.accept(new MirrorEvent.Selected(remote, selected.size(), upstream.refs().size()));
      Optional<VerifiedSummary> summary = summary(upstream, selected);
      Transfer transfer = selected.isEmpty() ? Transfer.NOTHING : transfer(upstream, selected);
      var refs = new TreeMap<String, Target>();
      selected.forEach(
          (ref, commit) -> {
            RefAddress place = ref.in(repo);
            refs.put(place.toString(), new Target(place, commit));
          });
      return new Brought(remote, refs, transfer, summary);
    }
  }

  private SortedMap<UpstreamRef, Checksum> select(Upstream upstream) {
    var selected = new TreeMap<UpstreamRef, Checksum>();
    boolean own = request.publication().signing() instanceof Signing.Own;
    upstream
        .refs()
        .forEach(
            (ref, commit) -> {
              String name = ref.name().name();
              boolean made = own && name.equals(METADATA_REF);
              if (!made && request.selection().selects(name)) {
                selected.put(ref, commit);
              }
            });
    if (selected.isEmpty() && !upstream.refs().isEmpty()) {
      throw new Failure(
          ErrorCode.REV_NOT_FOUND,
          "None of the "
              + upstream.refs().size()
              + " refs of remote "
              + upstream.name()
              + " is selected",
          "List them with 'remote refs "
              + upstream.name()
              + "' and compare with what is included, excluded, and the architectures.");
    }
    return selected;
  }

  private Optional<VerifiedSummary> summary(
      Upstream upstream, SortedMap<UpstreamRef, Checksum> selected) {
    if (request.publication().signing() instanceof Signing.Own) {
      return Optional.empty();
    }
    if (selected.size() < upstream.refs().size()) {
      throw new Failure(
          ErrorCode.USAGE,
          "The summary of remote "
              + upstream.name()
              + " has "
              + upstream.refs().size()
              + " refs, of which "
              + selected.size()
              + " are selected: taken over, it would promise what is not here",
          "Mirror all refs, or let the mirror make its own summary.");
    }
    if (upstream.summary().isEmpty()) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          "Remote " + upstream.name() + " has no summary to take over",
          "Have one made there with 'summary -u', or let the mirror make its own.");
    }
    return upstream.summary();
  }

  private Transfer transfer(Upstream upstream, SortedMap<UpstreamRef, Checksum> selected)
      throws IOException {
    Origin origin = upstream.origin();
    if (request.publication().signing() instanceof Signing.Own own && !own.commits().isEmpty()) {
      origin = new CountersigningOrigin(origin, repo, own.commits());
    }
    PullResult pulled =
        new Pull(repo, origin)
            .run(
                pull(selected),
                event -> events.accept(new MirrorEvent.Pulling(upstream.name(), event)));
    boolean dry = request.asks(Option.DRY_RUN);
    OptionalLong bytes = dry ? pulled.plan().download() : OptionalLong.of(pulled.transferred());
    int deltas = 0;
    if (request.asks(Option.DELTAS) && upstream.summary().isPresent()) {
      var copy = new DeltaCopy(repo, upstream.access());
      List<Map.Entry<DeltaName, Checksum>> missing =
          copy.missing(
              upstream.summary().get().summary().staticDeltas(), new HashSet<>(selected.values()));
      events.accept(new MirrorEvent.CopyingDeltas(upstream.name(), missing.size()));
      deltas = missing.size();
      if (!dry) {
        copy.run(missing);
        bytes = OptionalLong.of(upstream.access().fetcher().stats().bytes());
      }
    }
    long files = dry ? pulled.plan().files() : pulled.content();
    return new Transfer(pulled.metadata(), files, deltas, bytes);
  }

  /** Each ref with its commit, so that the upstream cannot change its mind between. */
  private PullRequest pull(SortedMap<UpstreamRef, Checksum> selected) {
    var wanted = new ArrayList<Wanted>();
    selected.forEach(
        (ref, commit) ->
            wanted.add(new Wanted.OfRef(ref.collection(), ref.name(), Optional.of(commit))));
    var options =
        EnumSet.of(
            PullRequest.Option.MIRROR,
            PullRequest.Option.LEAVE_REFS,
            // What is served has to be there as it is; deltas are copied as files.
            PullRequest.Option.DISABLE_STATIC_DELTAS);
    if (request.asks(Option.DRY_RUN)) {
      options.add(PullRequest.Option.DRY_RUN);
    }
    if (request.asks(Option.TIMESTAMP_CHECK)) {
      options.add(PullRequest.Option.TIMESTAMP_CHECK);
    }
    FsyncPolicy fsync =
        request.asks(Option.DISABLE_FSYNC) ? FsyncPolicy.NONE : repo.config().fsync();
    return new PullRequest(
        Collections.unmodifiableList(wanted),
        new PullRequest.Scope(request.depth(), List.of(), Optional.empty()),
        options,
        List.of(),
        fsync);
  }
}
