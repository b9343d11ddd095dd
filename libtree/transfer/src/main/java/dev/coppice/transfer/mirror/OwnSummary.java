package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.RefPlace;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.Signer;
import dev.coppice.transfer.delta.DeltaListing;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.summary.Summary;
import dev.coppice.transfer.summary.SummaryFiles;
import dev.coppice.transfer.summary.SummaryRef;
import dev.coppice.transfer.summary.SummaryRequest;
import dev.coppice.transfer.summary.SummaryUpdate;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The summary that a mirror makes itself, when what stands does not say what the mirror has. */
final class OwnSummary {
  private final Repo repo;
  private final List<Signer> signers;
  private final Duration settle;

  OwnSummary(Repo repo, List<Signer> signers, Duration settle) {
    this.repo = repo;
    this.signers = signers;
    this.settle = settle;
  }

  /** Makes it anew if it has to be; returns whether it had. */
  boolean refresh() throws IOException {
    if (stands()) {
      return false;
    }
    SummaryRequest plain = SummaryRequest.plain();
    new SummaryUpdate(repo, settle)
        .run(new SummaryRequest(plain.metadata(), signers, plain.times()));
    return true;
  }

  /** Whether what is there says what it would say, and is signed when it must be. */
  private boolean stands() throws IOException {
    boolean signed = new SummaryFiles(repo, settle).signatures().isPresent();
    if (signed == signers.isEmpty()) {
      return false;
    }
    Optional<Summary> found;
    try {
      found = Summary.read(repo.path());
    } catch (Failure e) {
      return false; // Damaged.
    }
    return found.isPresent() && saysRefs(found.get()) && saysDeltas(found.get());
  }

  private boolean saysRefs(Summary summary) throws IOException {
    Optional<String> own = repo.config().collection().map(CollectionId::id);
    var said = new TreeMap<String, Checksum>();
    add(said, "", summary.refs());
    summary
        .collections()
        .forEach(
            (id, refs) -> {
              if (!own.equals(Optional.of(id))) {
                add(said, id + ":", refs);
              }
            });
    var there = new TreeMap<String, Checksum>();
    repo.refs().list(RefPrefix.LOCAL).forEach((ref, commit) -> there.put(ref.ref().name(), commit));
    repo.refs()
        .listCollections(Optional.empty(), EnumSet.of(RefPlace.MIRRORS, RefPlace.REMOTES))
        .forEach(
            (ref, commit) -> {
              if (!own.equals(Optional.of(ref.collection().id()))) {
                there.put(ref.collection() + ":" + ref.ref(), commit);
              }
            });
    return said.equals(there) && own.equals(summary.collectionId());
  }

  private static void add(
      SortedMap<String, Checksum> all, String prefix, Map<String, SummaryRef> refs) {
    refs.forEach((name, ref) -> all.put(prefix + name, ref.commit()));
  }

  private boolean saysDeltas(Summary summary) throws IOException {
    if (repo.config().file().bool("core", "no-deltas-in-summary", false)) {
      return true;
    }
    var there =
        new DeltaListing(repo)
            .all().stream().map(DeltaName::key).collect(Collectors.toCollection(TreeSet::new));
    return summary.staticDeltas().keySet().equals(there);
  }
}
