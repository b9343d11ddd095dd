package dev.coppice.core.repo;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.store.ContentSource;
import dev.coppice.core.store.ObjectStore;
import dev.coppice.core.store.ObjectWriter;
import dev.coppice.core.store.PayloadLinks;
import dev.coppice.core.store.ReadThroughStore;
import dev.coppice.core.store.ServedFiles;
import dev.coppice.core.store.SpaceBudget;
import dev.coppice.core.store.Staging;
import dev.coppice.core.store.WriteOptions;
import dev.coppice.core.store.WrittenFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Adds objects to a repository and then moves refs to them, all or nothing.
 *
 * <p>What is written is invisible until {@link #publish}: sync, rename the objects into place, then
 * the refs. A transaction that is closed without it leaves its complete objects staged for the next
 * one of this boot, so that interrupted work goes on where it was. Writing is safe for several
 * threads; publishing is not.
 *
 * <p>The repository is locked, shared, from begin to close.
 */
public final class Transaction implements AutoCloseable {
  /**
   * What a transaction did.
   *
   * @param metadataTotal metadata objects written or found to be there
   * @param metadataWritten metadata objects that were new
   * @param contentTotal file objects written or found to be there
   * @param contentWritten file objects that were new
   * @param contentBytes bytes of content of the new file objects
   */
  public record Stats(
      long metadataTotal,
      long metadataWritten,
      long contentTotal,
      long contentWritten,
      long contentBytes) {}

  private final Repo repo;
  private final RepoLock lock;
  private final Staging staging;
  private final ObjectWriter writer;
  private final ServedFiles served;
  private final ObjectStore objects;
  private final WriteOptions options;
  private final AtomicLong metadataTotal = new AtomicLong();
  private final AtomicLong metadataWritten = new AtomicLong();
  private final AtomicLong contentTotal = new AtomicLong();
  private final AtomicLong contentWritten = new AtomicLong();
  private final AtomicLong contentBytes = new AtomicLong();

  private Transaction(
      Repo repo, RepoLock lock, Staging staging, ObjectWriter writer, WriteOptions options) {
    this.repo = repo;
    this.lock = lock;
    this.staging = staging;
    this.writer = writer;
    this.served = new ServedFiles(writer);
    this.objects = new ReadThroughStore(List.of(staging.objects(), repo.objects()));
    this.options = options;
  }

  static Transaction begin(Repo repo, WriteOptions options) throws IOException {
    RepoLock lock = RepoLock.take(repo, RepoLock.Kind.SHARED);
    try {
      Staging staging = Staging.open(repo.descriptor(), repo.mode(), repo.seal());
      try {
        SpaceBudget budget =
            SpaceBudget.of(repo.descriptor(), repo.path().toString(), repo.config().reserve());
        var links = new PayloadLinks(repo.stores(), staging, repo.config().payloadLinkThreshold());
        var writer = new ObjectWriter(repo.store(), staging, options, budget, links);
        return new Transaction(repo, lock, staging, writer, options);
      } catch (IOException | RuntimeException e) {
        staging.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The repository. */
  public Repo repo() {
    return repo;
  }

  /** Whether an object is in the repository itself, without its parents, or in this transaction. */
  public boolean has(ObjectName name) throws IOException {
    return writer.has(name);
  }

  /** Writes a file object whose checksum is to be found out. */
  public WrittenFile writeFile(FileHeader header, ContentSource content) throws IOException {
    return count(writer.writeFile(header, content, null));
  }

  /**
   * Writes a file object that must have a checksum.
   *
   * @throws dev.coppice.core.object.CorruptObjectException when it has another
   */
  public WrittenFile writeFile(FileHeader header, ContentSource content, Checksum expected)
      throws IOException {
    return count(writer.writeFile(header, content, expected));
  }

  /**
   * Writes a file object in the form in which archive repositories serve it.
   *
   * @param body the object, from its first byte; left open
   * @param length bytes of the body, where that is known
   * @throws dev.coppice.core.object.CorruptObjectException when it is not the object
   */
  public WrittenFile writeServed(
      Checksum expected, InputStream body, OptionalLong length, ServedFiles.HeaderCheck check)
      throws IOException {
    return count(served.take(expected, body, length, check));
  }

  /** Writes a file object as it comes from a trusted server; see {@link ServedFiles}. */
  public void writeServedUnverified(Checksum checksum, InputStream body) throws IOException {
    contentTotal.incrementAndGet();
    if (served.takeUnverified(checksum, body)) {
      contentWritten.incrementAndGet();
    }
  }

  /** All that a commit of this transaction may have: what it wrote, the repository, its parents. */
  public ObjectStore objects() {
    return objects;
  }

  private WrittenFile count(WrittenFile written) {
    contentTotal.incrementAndGet();
    if (written.added()) {
      contentWritten.incrementAndGet();
      contentBytes.addAndGet(written.size());
    }
    return written;
  }

  /** Counts a file that was recognised as stored without reading it. */
  public void countKnownFile() {
    contentTotal.incrementAndGet();
  }

  /** Counts metadata that was written in this transaction before. */
  public void countKnownMetadata() {
    metadataTotal.incrementAndGet();
  }

  /** Writes the names of a directory. */
  public Checksum writeTree(DirTree tree) throws IOException {
    return writeMetadata(ObjectType.DIRTREE, tree.encode());
  }

  /** Writes the owner and mode of a directory. */
  public Checksum writeMeta(DirMeta meta) throws IOException {
    return writeMetadata(ObjectType.DIRMETA, meta.encode());
  }

  /** Writes a commit; a tombstone of it is lifted when the transaction is published. */
  public Checksum writeCommit(Commit commit) throws IOException {
    return writeMetadata(ObjectType.COMMIT, commit.encode());
  }

  /** Writes a metadata object that is named by the hash of its bytes. */
  public Checksum writeMetadata(ObjectType type, byte[] bytes) throws IOException {
    metadataTotal.incrementAndGet();
    Checksum checksum = Checksum.sha256(bytes);
    var name = new ObjectName(type, checksum);
    writer.noteSize(name, bytes.length);
    if (!writer.has(name) && writer.writeNamed(name, bytes)) {
      metadataWritten.incrementAndGet();
    }
    return checksum;
  }

  /** Writes or replaces the detached metadata of a commit. */
  public void writeDetachedMetadata(Checksum commit, byte[] bytes) throws IOException {
    writer.writeNamed(new ObjectName(ObjectType.COMMITMETA, commit), bytes);
  }

  /** The writer below, for what has no method here. */
  public ObjectWriter writer() {
    return writer;
  }

  /**
   * From now on, keeps each object that is written for the next transaction even if this process is
   * killed: costs one write for each. Commits are not kept.
   */
  public void keepEach() throws IOException {
    staging.keepEach();
  }

  /** Publishes the objects, then one ref. */
  public Stats publish(@Nullable RefUpdate update) throws IOException {
    return publish(update == null ? List.of() : List.of(update));
  }

  /** Makes all objects visible, then the refs, each as a whole. */
  public Stats publish(List<RefUpdate> updates) throws IOException {
    staging.publish(repo.store(), options.fsync());
    staging.remove();
    staging.removeStale(repo.config().tmpExpirySeconds());
    for (RefUpdate update : updates) {
      if (update.commit().isPresent()) {
        repo.refs().write(update.ref(), update.commit().get());
      } else {
        repo.refs().delete(update.ref());
      }
    }
    return new Stats(
        metadataTotal.get(),
        metadataWritten.get(),
        contentTotal.get(),
        contentWritten.get(),
        contentBytes.get());
  }

  /** Ends the transaction; what was not published stays staged. */
  @Override
  public void close() throws IOException {
    try (lock;
        staging;
        writer;
        served) {
      // Closing, in reverse order, is all there is to do.
    }
  }
}
