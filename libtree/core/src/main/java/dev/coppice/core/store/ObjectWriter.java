package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.store.Staging.StagedFile;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects into a staging directory. Safe for several threads.
 *
 * <p>Content goes through SHA-256 on its way: an object can only be stored under the name of the
 * bytes that were stored, whatever happens to the source meanwhile. What fits in memory is hashed
 * first and written only when it is new.
 */
public final class ObjectWriter implements AutoCloseable {
  private final LooseStore store;
  private final KnownObjects known;
  private final Staging staging;
  private final WriteOptions options;
  private final SpaceBudget budget;
  private final PayloadLinks links;
  private final FileObjectWriter files;

  /** A writer into {@code staging} for {@code store}; owns none of these. */
  public ObjectWriter(
      LooseStore store,
      Staging staging,
      WriteOptions options,
      SpaceBudget budget,
      PayloadLinks links) {
    this.store = store;
    this.known = new KnownObjects(store);
    this.staging = staging;
    this.options = options;
    this.budget = budget;
    this.links = links;
    this.files = new FileObjectWriter(store, known, staging, options, budget, links);
  }

  /** The sizes of all objects so far, or null when they are not noted. */
  public @Nullable SizeIndex sizes() {
    return files.sizes();
  }

  /** Bytes that file objects may still take. */
  public long spaceLeft() {
    return budget.left();
  }

  /** Notes the size of a metadata object that was written or found to be there. */
  public void noteSize(ObjectName name, long size) {
    SizeIndex sizes = files.sizes();
    if (sizes != null && (name.type() == ObjectType.DIRTREE || name.type() == ObjectType.DIRMETA)) {
      sizes.note(name, size, size);
    }
  }

  /** Whether the object is stored or staged. */
  public boolean has(ObjectName name) throws IOException {
    return staging.has(name) || known.has(name);
  }

  /** Writes a dirtree, dirmeta or commit; returns its checksum. */
  public Checksum writeMetadata(ObjectType type, byte[] bytes) throws IOException {
    Checksum checksum = Checksum.sha256(bytes);
    var name = new ObjectName(type, checksum);
    if (!has(name)) {
      writeNamed(name, bytes);
    }
    return checksum;
  }

  /**
   * Writes an object that is not named by its bytes - detached metadata, tombstones - or whose
   * checksum the caller has verified. Replaces detached metadata. False when another thread staged
   * the same object meanwhile.
   */
  public boolean writeNamed(ObjectName name, byte[] bytes) throws IOException {
    StagedFile staged = staging.newFile();
    try (Fd file = staged.file()) {
      Io.writeFully(file, bytes);
      Fs.chmod(file, 0644);
      options.fsync().completed(file);
      return staging.adopt(staged, name);
    }
  }

  /**
   * Writes a file object.
   *
   * @param expected the checksum it must have, or null when any will do
   * @throws CorruptObjectException when it has another checksum than expected; nothing is staged
   *     then
   */
  public WrittenFile writeFile(
      FileHeader header, ContentSource content, @Nullable Checksum expected) throws IOException {
    return files.write(header, content, expected);
  }

  /** The checksum that a regular file would have as an object; nothing is written. */
  public Checksum hash(FileHeader header, ContentSource content) throws IOException {
    return files.hash(header, content);
  }

  /**
   * Makes a stored object of another repository an object here by a hard link.
   *
   * @return false when the file system refuses, so that it has to be copied
   */
  public boolean linkObject(Fd directory, String path, ObjectName name) throws IOException {
    return has(name) || staging.adoptLink(directory, path, name);
  }

  /**
   * Makes an open file an object by a hard link; its content and attributes must be those of the
   * object.
   *
   * @return false when the file system refuses, so that it has to be copied
   */
  public boolean linkFile(Fd file, ObjectName name) throws IOException {
    return has(name) || staging.adoptLink(file, name);
  }

  /**
   * Copies a stored object of a repository of the same mode as it is, without verifying it.
   *
   * @return false when it is a symbolic link, which has to be written instead
   */
  public boolean copyObject(LooseStore from, ObjectName name) throws IOException {
    return has(name) || new ObjectCopy(staging, store.mode()).copy(from, name, options.fsync());
  }

  /**
   * Makes the payload link to a file that was linked or copied from another repository, where there
   * are such links.
   */
  public void linkPayload(LooseStore from, ObjectName name) throws IOException {
    links.addImported(from, name);
  }

  /** Whether file objects are kept in the form in which archive repositories serve them. */
  boolean keepsServed() {
    return store.mode() == RepoMode.ARCHIVE;
  }

  /** Writes the bytes of a file object. */
  interface Served {
    /**
     * Writes header and compressed content.
     *
     * @throws CorruptObjectException when they are not those of the object
     */
    void write(Fd file) throws IOException;
  }

  /**
   * Stages a file object in the form in which archive repositories serve it, for which this store
   * must be one.
   *
   * @param size of its content
   * @return whether it was new
   */
  boolean writeServed(ObjectName name, long size, Served body) throws IOException {
    budget.take(size);
    StagedFile staged = staging.newFile();
    try (Fd file = staged.file()) {
      body.write(file);
      Fs.chmod(file, 0644);
      options.fsync().completed(file);
      return staging.adopt(staged, name);
    } catch (IOException | RuntimeException e) {
      staging.discard(staged);
      budget.giveBack(size);
      throw e;
    }
  }

  @Override
  public void close() {
    files.close();
  }
}
