package dev.coppice.transfer.local;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.CommitBindings;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.tree.ObjectSet;
import dev.coppice.transfer.local.LocalPullRequest.Option;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks what was asked for: imports commits, directories and their metadata, and gathers the files
 * that are missing. Source: {@code scan_one_metadata_object}, {@code scan_commit_object}.
 */
final class MetadataScan {
  private static final int WHOLE_HISTORY = -1;

  /** A directory to read. */
  private record Directory(Checksum tree, String path) {}

  private final Repo source;
  private final Transaction transaction;
  private final LocalPullRequest request;
  private final ObjectImport importer;
  private final Consumer<LocalPullEvent> events;
  private final Optional<String> collection;
  private final ObjectSet scanned = new ObjectSet();
  private final ObjectSet missingFiles = new ObjectSet();

  /** Commits that were pulled as ancestors, with the depth that was left for them. */
  private final SortedMap<Checksum, Integer> ancestors = new TreeMap<>();

  private long imported;
  private long looked;

  MetadataScan(
      Repo source,
      Transaction transaction,
      LocalPullRequest request,
      ObjectImport importer,
      Consumer<LocalPullEvent> events) {
    this.source = source;
    this.transaction = transaction;
    this.request = request;
    this.importer = importer;
    this.events = events;
    this.collection = source.config().collection().map(CollectionId::id);
  }

  long imported() {
    return imported;
  }

  ObjectSet missingFiles() {
    return missingFiles;
  }

  Iterable<Checksum> ancestors() {
    return ancestors.keySet();
  }

  void scan(Wanted wanted) throws IOException {
    for (Checksum commit : wanted.commits()) {
      history(commit, Optional.empty());
    }
    for (Map.Entry<RefName, Checksum> ref : wanted.refs().entrySet()) {
      history(ref.getValue(), Optional.of(ref.getKey().name()));
    }
  }

  private void history(Checksum first, Optional<String> ref) throws IOException {
    Optional<Checksum> next = Optional.of(first);
    Optional<String> boundTo = ref;
    while (next.isPresent()) {
      Checksum checksum = next.get();
      int depth = ancestors.getOrDefault(checksum, request.depth());
      Commit commit = commit(checksum, boundTo);
      boolean deeper = request.depth() == WHOLE_HISTORY || depth > 0;
      next = commit == null || !deeper ? Optional.empty() : commit.parent();
      if (next.isPresent()) {
        ancestors.put(next.get(), depth > 0 ? depth - 1 : WHOLE_HISTORY);
      }
      boundTo = Optional.empty();
    }
  }

  /** Imports a commit with its tree; returns null when there is nothing more to do for it. */
  private @Nullable Commit commit(Checksum checksum, Optional<String> ref) throws IOException {
    ObjectName name = ObjectName.commit(checksum);
    boolean first = scanned.add(name);
    if (!first && ref.isEmpty()) {
      return null;
    }
    byte[] bytes = load(name);
    if (bytes == null) {
      return missing(name);
    }
    if (!stored(name)) {
      // Before the commit can be seen anywhere, so that it is never taken for complete.
      transaction.repo().partialCommits().mark(checksum, State.PARTIAL);
      importer.metadata(name, bytes);
      imported++;
    }
    looked();
    Commit commit = decode(name, bytes);
    checkBindings(checksum, commit, ref);
    if (first) {
      detachedMetadata(checksum);
      boolean partial = transaction.repo().partialCommits().state(checksum) != State.COMPLETE;
      if (partial && !request.asks(Option.COMMIT_METADATA_ONLY)) {
        tree(commit);
      }
    }
    return commit;
  }

  /** History may end anywhere; a commit that was asked for must be there. */
  private @Nullable Commit missing(ObjectName name) throws IOException {
    if (request.depth() == 0 || !ancestors.containsKey(name.checksum())) {
      throw new MissingObjectException(name);
    }
    var tombstone = new ObjectName(ObjectType.TOMBSTONE, name.checksum());
    if (source.config().tombstoneCommits()) {
      byte[] bytes = source.objects().loadIfExists(tombstone);
      if (bytes != null) {
        importer.metadata(tombstone, bytes);
      }
    }
    return null;
  }

  /**
   * Signatures may have been added since the commit was pulled, so they are always brought over.
   */
  private void detachedMetadata(Checksum commit) throws IOException {
    Optional<byte[]> detached = source.loadDetachedMetadata(commit);
    if (detached.isPresent()) {
      transaction.writeDetachedMetadata(commit, detached.get());
    }
  }

  private void checkBindings(Checksum checksum, Commit commit, Optional<String> ref) {
    if (request.asks(Option.DISABLE_VERIFY_BINDINGS)) {
      return;
    }
    try {
      CommitBindings.of(commit).check(collection, ref);
    } catch (Failure e) {
      throw new Failure(e.code(), "Commit " + checksum + ": " + e.getMessage(), e.nextStep(), e);
    }
  }

  private void tree(Commit commit) throws IOException {
    var waiting = new ArrayDeque<Directory>();
    metadata(ObjectName.dirmeta(commit.meta()));
    waiting.push(new Directory(commit.tree(), "/"));
    while (!waiting.isEmpty()) {
      Directory directory = waiting.pop();
      ObjectName name = ObjectName.dirtree(directory.tree());
      if (!scanned.add(name)) {
        continue;
      }
      for (DirTree.Dir dir : directory(name, directory.path()).dirs()) {
        metadata(ObjectName.dirmeta(dir.meta()));
        waiting.push(new Directory(dir.tree(), directory.path() + dir.name() + "/"));
      }
    }
  }

  private DirTree directory(ObjectName name, String path) throws IOException {
    try {
      byte[] bytes = load(name);
      if (bytes == null) {
        throw new MissingObjectException(name);
      }
      if (!stored(name)) {
        importer.metadata(name, bytes);
        imported++;
      }
      looked();
      DirTree tree = DirTree.decode(bytes);
      for (DirTree.File file : tree.files()) {
        ObjectName wanted = ObjectName.file(file.checksum());
        if (!missingFiles.contains(wanted) && !stored(wanted)) {
          missingFiles.add(wanted);
        }
      }
      return tree;
    } catch (TreeException e) {
      throw new Failure(
          e.code(),
          "Validating dirtree " + name.checksum() + " (" + path + "): " + e.getMessage(),
          e.nextStep(),
          e);
    }
  }

  private void metadata(ObjectName name) throws IOException {
    if (!scanned.add(name) || stored(name)) {
      return;
    }
    byte[] bytes = load(name);
    if (bytes == null) {
      throw new MissingObjectException(name);
    }
    importer.metadata(name, bytes);
    imported++;
    looked();
  }

  private boolean stored(ObjectName name) throws IOException {
    Repo repo = transaction.repo();
    return transaction.has(name) || (repo.parent().isPresent() && repo.objects().has(name));
  }

  /**
   * The bytes of an object, from the source or, where only the destination has it, from there; null
   * when neither has it.
   *
   * @throws CorruptObjectException when they do not hash to its name
   */
  private byte @Nullable [] load(ObjectName name) throws IOException {
    byte[] bytes = source.objects().loadIfExists(name);
    if (bytes == null) {
      bytes = transaction.repo().objects().loadIfExists(name);
    }
    if (bytes != null) {
      Checksum actual = Checksum.sha256(bytes);
      if (!actual.equals(name.checksum())) {
        throw new CorruptObjectException(name, actual);
      }
    }
    return bytes;
  }

  private static Commit decode(ObjectName name, byte[] bytes) {
    try {
      return Commit.decode(bytes);
    } catch (MalformedObjectException e) {
      throw new CorruptObjectException(name, e);
    }
  }

  private void looked() {
    events.accept(new LocalPullEvent.Scanned(++looked));
  }
}
