package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Transaction;
import dev.coppice.transfer.fetch.FetchRequest;
import dev.coppice.transfer.pull.PullRequest.Option;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import dev.coppice.transfer.pull.Targets.Ref;
import dev.coppice.transfer.remote.RemoteAccess;
import dev.coppice.transfer.remote.VerifiedSummary;
import dev.coppice.transfer.summary.Summary;
import dev.coppice.transfer.summary.SummaryRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A remote, over the network. Source: {@code ostree_repo_pull_with_options}. */
public final class RemoteOrigin implements Origin {
  /** A ref's file has a checksum and a line break. */
  private static final long MAX_REF = 4096;

  private final RemoteAccess access;
  private final Trust trust;
  private Optional<VerifiedSummary> summary = Optional.empty();

  /** A remote, which is closed with this. */
  public RemoteOrigin(RemoteAccess access, Trust trust) {
    this.access = access;
    this.trust = trust;
  }

  @Override
  public Optional<RemoteName> remote() {
    return Optional.of(RemoteName.of(access.name()));
  }

  @Override
  public Targets resolve(PullRequest request) throws IOException {
    List<Wanted> wanted = request.wanted();
    if (wanted.isEmpty()) {
      wanted = access.branches().stream().map(RemoteOrigin::branch).toList();
    }
    boolean everything = wanted.isEmpty() && request.asks(Option.MIRROR);
    if (wanted.isEmpty() && !everything) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          "No configured branches for remote " + access.name(),
          "Name the refs to pull, or list them as 'branches' in the remote's configuration;"
              + " 'remote refs' shows what it has.");
    }
    if (everything || wanted.stream().anyMatch(RemoteOrigin::needsLookup)) {
      summary = access.summary();
    }
    summary.flatMap(found -> found.summary().mode()).ifPresent(this::requireArchive);
    if (everything) {
      wanted = everything();
    }
    var refs = new TreeMap<Ref, Checksum>();
    var commits = new TreeSet<Checksum>();
    var sizes = new HashMap<Checksum, Long>();
    for (Wanted each : wanted) {
      switch (each) {
        case Wanted.OfCommit(Checksum commit) -> commits.add(commit);
        case Wanted.OfRef ref -> add(ref, refs, sizes);
      }
    }
    return new Targets(refs, commits, sizes);
  }

  private static boolean needsLookup(Wanted wanted) {
    return wanted instanceof Wanted.OfRef ref && ref.commit().isEmpty();
  }

  private void add(Wanted.OfRef wanted, SortedMap<Ref, Checksum> refs, Map<Checksum, Long> sizes)
      throws IOException {
    Optional<CollectionId> collection = wanted.collection();
    Checksum commit;
    if (wanted.commit().isPresent()) {
      commit = wanted.commit().get();
    } else if (summary.isPresent()) {
      Summary found = summary.get().summary();
      SummaryRef ref = LocalOrigin.inSummary(found, wanted);
      commit = ref.commit();
      // What a summary says of the size is a limit, but never more than any commit may have.
      if (ref.size() > 0 && ref.size() < PullSource.MAX_METADATA) {
        sizes.put(commit, ref.size());
      }
      if (collection.isEmpty()) {
        collection = found.collectionId().map(CollectionId::of);
      }
    } else {
      commit = fromFile(wanted);
    }
    refs.put(new Ref(collection, wanted.ref()), commit);
  }

  /** The commit of a ref of a server that has no summary. */
  private Checksum fromFile(Wanted.OfRef wanted) throws IOException {
    String path =
        wanted.collection().isPresent()
            ? "refs/mirrors/" + wanted.collection().get() + "/" + wanted.ref()
            : "refs/heads/" + wanted.ref();
    Optional<byte[]> content =
        access.fetcher().fetchBytes(new FetchRequest(access.metadata(), path, MAX_REF));
    String text = new String(content.orElse(new byte[0]), StandardCharsets.ISO_8859_1).strip();
    if (!Checksum.isHex(text)) {
      throw new Failure(
          ErrorCode.REV_NOT_FOUND,
          content.isEmpty()
              ? "No such branch '" + wanted.ref() + "' in the remote, which has no summary"
              : "Fetching checksum for ref (" + wanted.ref() + "): it is no checksum",
          "List what there is with 'remote refs'; a repository that is served should have a"
              + " summary ('summary -u').");
    }
    return Checksum.ofHex(text);
  }

  private List<Wanted> everything() {
    Summary found =
        summary
            .map(VerifiedSummary::summary)
            .orElseThrow(
                () ->
                    new Failure(
                        ErrorCode.REPO_UNSUITABLE,
                        "Fetching all refs was requested in mirror mode, but remote repository"
                            + " does not have a summary",
                        "Name the refs to mirror, or have a summary made there with 'summary"
                            + " -u'."));
    var all = new ArrayList<Wanted>();
    Optional<CollectionId> own = found.collectionId().map(CollectionId::of);
    found.refs().keySet().forEach(name -> all.add(ref(own, name)));
    found
        .collections()
        .forEach(
            (id, refs) -> {
              Optional<CollectionId> collection = Optional.of(CollectionId.of(id));
              if (!collection.equals(own)) {
                refs.keySet().forEach(name -> all.add(ref(collection, name)));
              }
            });
    return all;
  }

  private static Wanted branch(RefName name) {
    return new Wanted.OfRef(Optional.empty(), name, Optional.empty());
  }

  private static Wanted ref(Optional<CollectionId> collection, String name) {
    return new Wanted.OfRef(collection, RefName.of(name), Optional.empty());
  }

  private void requireArchive(String mode) {
    if (!mode.equals("archive") && !mode.equals("archive-z2")) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          "Can't pull from archives with mode \"" + mode + "\"",
          "Only archive repositories can be served: have one made of it with 'pull-local'.");
    }
  }

  @Override
  public PullSource source(Transaction transaction, PullRequest request) throws IOException {
    // What came over a line is not to come again, however this process ends.
    transaction.keepEach();
    var servers = new HttpSource.Servers(access.metadata(), access.content(), access.collection());
    return new HttpSource(access.fetcher(), servers, transaction, request);
  }

  @Override
  public Trust trust() {
    return trust;
  }

  @Override
  public DeltaStore deltas() throws IOException {
    if (summary.isEmpty()) {
      // Commits that are asked for by checksum need none, but deltas do.
      summary = access.summary();
    }
    return new RemoteDeltas(access, summary.map(VerifiedSummary::summary));
  }

  @Override
  public boolean hasTombstones() {
    return summary.flatMap(found -> found.summary().tombstoneCommits()).orElse(false);
  }

  @Override
  public void mirrorSummary(Transaction transaction) throws IOException {
    if (summary.isPresent()) {
      summary.get().store(transaction.repo());
    }
  }

  @Override
  public long transferred() {
    return access.fetcher().stats().bytes();
  }

  @Override
  public void close() {
    access.close();
  }
}
