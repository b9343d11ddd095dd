package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefPlace;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefScope;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import dev.coppice.transfer.pull.Targets.Ref;
import dev.coppice.transfer.remote.SummaryTrust;
import dev.coppice.transfer.summary.Summary;
import dev.coppice.transfer.summary.SummaryRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A repository on this machine.
 *
 * @param repo the repository, which stays the caller's
 * @param remote the remote that refs are written under; empty: local refs
 * @param trust what signatures commits must have
 * @param summaryTrust what signatures the summary must have
 * @param collection what commits must be bound to; empty: what the repository says it is
 */
public record LocalOrigin(
    Repo repo,
    Optional<RemoteName> remote,
    Trust trust,
    SummaryTrust summaryTrust,
    Optional<CollectionId> collection)
    implements Origin {
  /** A repository that says itself what collection it is. */
  public LocalOrigin(
      Repo repo, Optional<RemoteName> remote, Trust trust, SummaryTrust summaryTrust) {
    this(repo, remote, trust, summaryTrust, Optional.empty());
  }

  /** A repository whose summary needs no signature. */
  public LocalOrigin(Repo repo, Optional<RemoteName> remote, Trust trust) {
    this(repo, remote, trust, SummaryTrust.ANYBODY);
  }

  @Override
  public Targets resolve(PullRequest request) throws IOException {
    var refs = new TreeMap<Ref, Checksum>();
    var commits = new TreeSet<Checksum>();
    Optional<Summary> summary =
        Pull.asksForRefs(request) || request.wanted().isEmpty() ? summary() : Optional.empty();
    for (Wanted wanted : request.wanted().isEmpty() ? everyRef() : request.wanted()) {
      switch (wanted) {
        case Wanted.OfCommit(Checksum commit) -> commits.add(commit);
        case Wanted.OfRef ref -> {
          Optional<CollectionId> collection =
              ref.collection().isPresent() ? ref.collection() : repo.config().collection();
          Checksum commit = ref.commit().isPresent() ? ref.commit().get() : find(ref, summary);
          refs.put(new Ref(collection, ref.ref()), commit);
        }
      }
    }
    return new Targets(refs, commits, Map.of());
  }

  private Optional<Summary> summary() throws IOException {
    Optional<byte[]> summary = Summary.file(repo.path(), Summary.FILE);
    if (summaryTrust.demanded()) {
      Optional<byte[]> signatures = Summary.file(repo.path(), Summary.SIGNATURE_FILE);
      try {
        summaryTrust.verify(summary, signatures);
      } catch (Failure e) {
        throw new Failure(
            e.code(), "Summary of " + repo.path() + ": " + e.getMessage(), e.nextStep(), e);
      }
    }
    return summary.map(Summary::decode);
  }

  private List<Wanted> everyRef() throws IOException {
    var wanted = new ArrayList<Wanted>();
    for (RefSpec spec : repo.refs().names(RefPrefix.ALL)) {
      switch (spec) {
        case RefSpec.Local(RefName name) ->
            wanted.add(new Wanted.OfRef(Optional.empty(), name, Optional.empty()));
        case RefSpec.Remote remoteRef ->
            throw new Failure(
                ErrorCode.REF_INVALID,
                "Invalid ref name " + remoteRef,
                "The source has refs of remotes: name those of its own that you want, as 'refs"
                    + " --list' shows them.");
      }
    }
    return wanted;
  }

  private Checksum find(Wanted.OfRef ref, Optional<Summary> summary) throws IOException {
    if (ref.collection().isPresent() && !ref.collection().equals(repo.config().collection())) {
      var wanted = new CollectionRef(ref.collection().get(), ref.ref());
      return repo.refs()
          .find(wanted, EnumSet.allOf(RefPlace.class))
          .orElseThrow(() -> notFound("Collection–ref " + wanted));
    }
    if (summary.isPresent()) {
      return inSummary(summary.get(), ref).commit();
    }
    return repo.refs()
        .find(new RefSpec.Local(ref.ref()), RefScope.LOCAL)
        .orElseThrow(() -> notFound("Refspec '" + ref.ref() + "'"));
  }

  /** What a summary says of a ref; where there is a summary, it counts, not the files of refs. */
  static SummaryRef inSummary(Summary summary, Wanted.OfRef wanted) {
    String name = wanted.ref().name();
    Optional<String> collection = wanted.collection().map(CollectionId::id);
    SortedMap<String, SummaryRef> refs =
        collection.isEmpty() || collection.equals(summary.collectionId())
            ? summary.refs()
            : summary.collections().getOrDefault(collection.get(), new TreeMap<>());
    SummaryRef found = refs.get(name);
    if (found == null) {
      throw new Failure(
          ErrorCode.REV_NOT_FOUND,
          collection.isEmpty()
              ? "No such branch '" + name + "' in repository summary"
              : "No such branch (" + collection.get() + ", " + name + ") in repository summary",
          "List what there is with 'remote refs'; if it is new, the summary has to be made anew"
              + " with 'summary -u' at its repository.");
    }
    return found;
  }

  private static Failure notFound(String ref) {
    return new Failure(
        ErrorCode.REV_NOT_FOUND,
        ref + " not found",
        "List the refs of the source with 'refs --list'.");
  }

  @Override
  public PullSource source(Transaction transaction, PullRequest request) throws IOException {
    Optional<CollectionId> bound = collection.isPresent() ? collection : repo.config().collection();
    return new LocalSource(repo, transaction, request, bound);
  }

  @Override
  public DeltaStore deltas() {
    return new LocalDeltas(repo);
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public boolean hasTombstones() {
    return repo.config().tombstoneCommits();
  }

  @Override
  public void mirrorSummary(Transaction transaction) {
    // A local mirror makes its own.
  }

  @Override
  public long transferred() {
    return 0;
  }

  @Override
  public void close() {
    // The repository is the caller's.
  }
}
