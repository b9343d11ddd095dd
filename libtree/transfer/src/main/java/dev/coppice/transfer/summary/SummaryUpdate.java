package dev.coppice.transfer.summary;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantWriter;
import dev.coppice.core.io.Durability;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefPlace;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.RepoConfig;
import dev.coppice.core.repo.RepoLock;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.posix.PosixNames;
import dev.coppice.sign.Signatures;
import dev.coppice.transfer.delta.DeltaIndexes;
import dev.coppice.transfer.delta.DeltaListing;
import dev.coppice.transfer.delta.DeltaName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes the summary of a repository anew, byte for byte as the real tool does. The repository is
 * locked, shared, meanwhile. Source: {@code regenerate_metadata}.
 */
public final class SummaryUpdate {
  private static final String CORE = "core";

  private final Repo repo;
  private final RepoConfig config;
  private final Duration settle;

  /** Of this repository. */
  public SummaryUpdate(Repo repo) {
    this(repo, Duration.ZERO);
  }

  /** Of a repository that clients pull from meanwhile; see {@link SummaryFiles}. */
  public SummaryUpdate(Repo repo, Duration settle) {
    this.repo = repo;
    this.config = repo.config();
    this.settle = settle;
  }

  /**
   * Makes the summary, its signature, the indexes of deltas and, in a repository that has a
   * collection, the commit {@code ostree-metadata}.
   *
   * @throws dev.coppice.core.failure.TreeException when a ref has no commit here
   */
  public void run(SummaryRequest request) throws IOException {
    run(request, Set.of());
  }

  /**
   * The same without some deltas, so that no client is led to them any more when they are deleted.
   */
  public void run(SummaryRequest request, Set<DeltaName> withheld) throws IOException {
    try (RepoLock ignored = repo.lock(RepoLock.Kind.SHARED)) {
      if (config.collection().isPresent()) {
        new MetadataCommit(repo, request).write(config.collection().get());
      }
      publish(request, withheld);
    }
  }

  /**
   * Makes the summary anew if the configuration says that it follows every change of refs. It gets
   * no signature then, and no metadata commit. Call it after refs have changed. Source: {@code
   * _ostree_repo_maybe_regenerate_summary}.
   */
  public void runIfAutomatic() throws IOException {
    if (config.file().bool(CORE, "auto-update-summary", false)
        || config.file().bool(CORE, "commit-update-summary", false)) {
      try (RepoLock ignored = repo.lock(RepoLock.Kind.SHARED)) {
        publish(SummaryRequest.plain(), Set.of());
      }
    }
  }

  private void publish(SummaryRequest request, Set<DeltaName> withheld) throws IOException {
    Durability durability =
        config.fsync() == FsyncPolicy.NONE ? Durability.UNSYNCED : Durability.SYNCED;
    var entries = new RefEntries(repo);
    SortedMap<String, SortedMap<String, Checksum>> collections = collections();
    Variant refs =
        entries.of(
            config.collection().isEmpty()
                ? localRefs()
                : collections.getOrDefault(config.collection().get().id(), new TreeMap<>()));
    List<DeltaName> deltas = new ArrayList<>(new DeltaListing(repo).all());
    deltas.removeAll(withheld);
    VariantDict metadata = VariantDict.of(request.metadata());
    if (!deltas.isEmpty() && !config.file().bool(CORE, "no-deltas-in-summary", false)) {
      metadata.put(Summary.STATIC_DELTAS, new DeltaListing(repo).digests(deltas));
    }
    describe(metadata, request);
    addCollections(metadata, collections, entries);
    byte[] summary = Variant.tuple(refs, metadata.buildHashed()).serialized();
    new DeltaIndexes(repo, durability).update(deltas);
    Optional<byte[]> signatures =
        request.signers().isEmpty()
            ? Optional.empty()
            : Optional.of(Signatures.empty().signedBy(request.signers(), summary).encode());
    new SummaryFiles(repo, settle).replace(summary, signatures);
  }

  private void describe(VariantDict metadata, SummaryRequest request) {
    long now = request.times().now().getEpochSecond();
    metadata.put(Summary.LAST_MODIFIED, Variant.ofUint64(Long.reverseBytes(now)));
    String mode = config.file().raw(CORE, "mode").orElse("bare");
    metadata.put(Summary.MODE, Variant.ofString(mode));
    metadata.put(Summary.TOMBSTONE_COMMITS, Variant.ofBoolean(config.tombstoneCommits()));
    metadata.put(Summary.INDEXED_DELTAS, Variant.ofBoolean(true));
  }

  private SortedMap<String, Checksum> localRefs() throws IOException {
    var refs = new TreeMap<String, Checksum>(PosixNames.BYTE_ORDER);
    repo.refs()
        .list(RefPrefix.LOCAL)
        .forEach((spec, commit) -> refs.put(spec.ref().name(), commit));
    return refs;
  }

  private SortedMap<String, SortedMap<String, Checksum>> collections() throws IOException {
    var collections = new TreeMap<String, SortedMap<String, Checksum>>(PosixNames.BYTE_ORDER);
    SortedMap<CollectionRef, Checksum> refs =
        repo.refs().listCollections(Optional.empty(), EnumSet.allOf(RefPlace.class));
    refs.forEach(
        (ref, commit) ->
            collections
                .computeIfAbsent(ref.collection().id(), id -> new TreeMap<>(PosixNames.BYTE_ORDER))
                .put(ref.ref().name(), commit));
    return collections;
  }

  /** The own collection's refs are in the main list, for clients that know no collections. */
  private void addCollections(
      VariantDict metadata,
      SortedMap<String, SortedMap<String, Checksum>> collections,
      RefEntries entries)
      throws IOException {
    Optional<String> own = config.collection().map(CollectionId::id);
    own.ifPresent(id -> metadata.put(Summary.COLLECTION_ID, Variant.ofString(id)));
    var writer = new VariantWriter(Summary.COLLECTIONS).beginArray();
    boolean any = false;
    for (Map.Entry<String, SortedMap<String, Checksum>> each : collections.entrySet()) {
      if (!own.equals(Optional.of(each.getKey()))) {
        writer.beginDictEntry().putString(each.getKey()).put(entries.of(each.getValue())).end();
        any = true;
      }
    }
    Variant map = writer.end().toVariant();
    if (any) {
      metadata.put(Summary.COLLECTION_MAP, map);
    }
  }
}
