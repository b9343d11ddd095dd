package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.store.Staging.StagedFile;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.Libdeflate;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Writes file objects: hashes, compresses where the mode wants it, and stages what is new. Safe for
 * several threads; each borrows its buffers from a pool.
 */
final class FileObjectWriter implements AutoCloseable {
  /**
   * MiB that all threads together may use for content that is compressed in one piece: the memory
   * of a command must not grow with the number of processors.
   */
  private static final int LARGE_MEMORY = 96;

  private final KnownObjects known;
  private final Staging staging;
  private final WriteOptions options;
  private final SpaceBudget budget;
  private final PayloadLinks links;
  private final FileFormat format;
  private final boolean archive;
  private final Optional<Libdeflate> library;
  private final @Nullable SizeIndex sizes;
  private final Semaphore largeMemory = new Semaphore(LARGE_MEMORY);
  private final ConcurrentLinkedQueue<WriteBuffers> pool = new ConcurrentLinkedQueue<>();

  FileObjectWriter(
      LooseStore store,
      KnownObjects known,
      Staging staging,
      WriteOptions options,
      SpaceBudget budget,
      PayloadLinks links) {
    this.known = known;
    this.staging = staging;
    this.options = options;
    this.budget = budget;
    this.links = links;
    this.format = store.format();
    this.archive = store.mode() == RepoMode.ARCHIVE;
    this.sizes = archive && options.exactZlib() ? new SizeIndex() : null;
    this.library = archive && !options.exactZlib() ? Libdeflate.load() : Optional.empty();
  }

  /** The sizes of all objects so far, or null when they are not noted. */
  @Nullable SizeIndex sizes() {
    return sizes;
  }

  private boolean has(ObjectName name) throws IOException {
    return staging.has(name) || known.has(name);
  }

  /** As {@link ObjectWriter#writeFile}. */
  WrittenFile write(FileHeader header, ContentSource content, @Nullable Checksum expected)
      throws IOException {
    long size = header.isSymlink() ? 0 : content.size();
    WriteBuffers buffers = pool.poll();
    if (buffers == null) {
      buffers = new WriteBuffers(options.zlibLevel(), library);
    }
    try {
      if (header.isSymlink()) {
        return writeLink(header, expected);
      }
      if (!archive && content instanceof ContentSource.OfMemory) {
        // It takes no more memory, however large it is.
        return writeWhole(header, content, expected, buffers);
      }
      int limit =
          archive && buffers.deflate().takesWhole(size)
              ? Deflate.MAX_WHOLE
              : WriteBuffers.MOST_ON_HEAP;
      // A size is that of a file that was written, also when the object is there already.
      if (size > limit || sizes != null) {
        return writeStream(header, content, expected, buffers);
      }
      return size <= WriteBuffers.LARGE
          ? writeWhole(header, content, expected, buffers)
          : writeLarge(header, content, expected, buffers);
    } finally {
      pool.add(buffers);
    }
  }

  /** As {@link ObjectWriter#hash}. */
  Checksum hash(FileHeader header, ContentSource content) throws IOException {
    WriteBuffers buffers = pool.poll();
    if (buffers == null) {
      buffers = new WriteBuffers(options.zlibLevel(), library);
    }
    try {
      MessageDigest digest = buffers.digest;
      digest.reset();
      digest.update(header.checksumPrefix());
      for (long at = 0; at < content.size(); ) {
        int wanted = (int) Math.min(buffers.chunk.length, content.size() - at);
        int count = ContentInput.read(content, buffers.chunk, at, wanted);
        digest.update(buffers.chunk, 0, count);
        at += count;
      }
      return Checksum.of(digest.digest());
    } finally {
      pool.add(buffers);
    }
  }

  private WrittenFile writeLink(FileHeader header, @Nullable Checksum expected) throws IOException {
    Checksum checksum = checked(header.checksumWithoutContent(), expected);
    ObjectName name = ObjectName.file(checksum);
    if (sizes != null) {
      int target = header.target().getBytes(StandardCharsets.UTF_8).length;
      sizes.note(name, header.archivePrefix(0).length, target);
    }
    if (has(name)) {
      return new WrittenFile(checksum, false, 0);
    }
    format.check(header, checksum);
    if (format.linksAreLinks()) {
      String temporary = staging.newLink(header.target());
      try {
        format.finishLink(staging.descriptor(), temporary, header);
        return new WrittenFile(checksum, staging.adoptNewLink(temporary, name), 0);
      } catch (IOException | RuntimeException e) {
        Fs.unlinkIfExists(staging.descriptor(), temporary);
        throw e;
      }
    }
    boolean added = stage(header, 0, name, file -> Io.writeFully(file, format.linkContent(header)));
    return new WrittenFile(checksum, added, 0);
  }

  private WrittenFile writeLarge(
      FileHeader header, ContentSource source, @Nullable Checksum expected, WriteBuffers buffers)
      throws IOException {
    // The content and as much again for what it is compressed into.
    int memory = (int) (2 * source.size() >> 20) + 1;
    largeMemory.acquireUninterruptibly(memory);
    try {
      return writeWhole(header, source, expected, buffers);
    } finally {
      buffers.trim();
      largeMemory.release(memory);
    }
  }

  private WrittenFile writeWhole(
      FileHeader header, ContentSource source, @Nullable Checksum expected, WriteBuffers buffers)
      throws IOException {
    long size = source.size();
    MemorySegment content =
        archive
            ? ContentInput.inNativeMemory(source, buffers)
            : ContentInput.inMemory(source, buffers);
    MessageDigest digest = buffers.digest;
    digest.reset();
    digest.update(header.checksumPrefix());
    ContentInput.hash(content, digest, buffers.chunk);
    MessageDigest payload = payloadDigest(size);
    if (payload != null) {
      ContentInput.hash(content, payload, buffers.chunk);
    }
    Checksum checksum = checked(Checksum.of(digest.digest()), expected);
    Checksum linked = payload == null ? null : Checksum.of(payload.digest());
    ObjectName name = ObjectName.file(checksum);
    if (has(name)) {
      link(linked, name);
      return new WrittenFile(checksum, false, size);
    }
    format.check(header, checksum);
    budget.take(size);
    boolean added =
        stage(
            header,
            size,
            name,
            file -> {
              if (linked != null && links.share(linked, size, file)) {
                return;
              }
              if (!archive) {
                Io.writeFully(file, content);
              } else if (buffers.deflate().takesWhole(size)) {
                buffers.deflate().whole(content, buffers, file);
              } else {
                deflateWhole(content, buffers, file);
              }
            });
    link(linked, name);
    return new WrittenFile(checksum, added, size);
  }

  /** What hashes the content alone, or null where no link to it is wanted. */
  private @Nullable MessageDigest payloadDigest(long size) throws IOException {
    return links.wants(size) ? Checksum.newDigest() : null;
  }

  private void link(@Nullable Checksum payload, ObjectName name) throws IOException {
    if (payload != null) {
      links.add(payload, name);
    }
  }

  private static void deflateWhole(MemorySegment content, WriteBuffers buffers, Fd file)
      throws IOException {
    Deflate deflate = buffers.deflate();
    deflate.begin();
    for (long at = 0; at < content.byteSize(); at += buffers.chunk.length) {
      int count = (int) Math.min(buffers.chunk.length, content.byteSize() - at);
      MemorySegment.copy(content, ValueLayout.JAVA_BYTE, at, buffers.chunk, 0, count);
      deflate.update(buffers.chunk, count, file);
    }
    deflate.end(file);
  }

  private WrittenFile writeStream(
      FileHeader header, ContentSource source, @Nullable Checksum expected, WriteBuffers buffers)
      throws IOException {
    long size = source.size();
    budget.take(size);
    MessageDigest payload = payloadDigest(size);
    StagedFile staged = staging.newFile();
    try (Fd file = staged.file()) {
      Checksum checksum;
      Checksum linked;
      try {
        checksum = checked(copy(header, source, file, buffers, payload), expected);
        linked = payload == null ? null : Checksum.of(payload.digest());
        format.check(header, checksum);
      } catch (IOException | RuntimeException e) {
        staging.discard(staged);
        budget.giveBack(size);
        throw e;
      }
      ObjectName name = ObjectName.file(checksum);
      if (sizes != null) {
        sizes.note(name, Fs.fstat(file).size(), size);
      }
      if (has(name)) {
        staging.discard(staged);
        budget.giveBack(size);
        link(linked, name);
        return new WrittenFile(checksum, false, size);
      }
      boolean added = finishStream(staged, header, name, linked);
      link(linked, name);
      return new WrittenFile(checksum, added, size);
    }
  }

  /** Lets a complete file share blocks where it can, before it gets its attributes. */
  private boolean finishStream(
      StagedFile staged, FileHeader header, ObjectName name, @Nullable Checksum payload)
      throws IOException {
    if (payload != null) {
      try {
        links.share(payload, Fs.fstat(staged.file()).size(), staged.file());
      } catch (IOException | RuntimeException e) {
        staging.discard(staged);
        throw e;
      }
    }
    return finish(staged, header, name);
  }

  /**
   * Copies content into a file, compressed where the mode wants it; returns the object's checksum.
   *
   * @param payload also gets the content, without the header
   */
  private Checksum copy(
      FileHeader header,
      ContentSource source,
      Fd file,
      WriteBuffers buffers,
      @Nullable MessageDigest payload)
      throws IOException {
    MessageDigest digest = buffers.digest;
    digest.reset();
    digest.update(header.checksumPrefix());
    if (archive) {
      Io.writeFully(file, header.archivePrefix(source.size()));
      buffers.deflate().begin();
    } else {
      Io.fallocate(file, source.size());
    }
    byte[] chunk = buffers.chunk;
    for (long at = 0; at < source.size(); ) {
      int wanted = (int) Math.min(chunk.length, source.size() - at);
      int count = ContentInput.read(source, chunk, at, wanted);
      digest.update(chunk, 0, count);
      if (payload != null) {
        payload.update(chunk, 0, count);
      }
      if (archive) {
        buffers.deflate().update(chunk, count, file);
      } else {
        Io.writeFully(file, chunk, 0, count);
      }
      at += count;
    }
    if (archive) {
      buffers.deflate().end(file);
    }
    return Checksum.of(digest.digest());
  }

  private interface Body {
    void write(Fd file) throws IOException;
  }

  private boolean stage(FileHeader header, long size, ObjectName name, Body body)
      throws IOException {
    StagedFile staged = staging.newFile();
    try (Fd file = staged.file()) {
      try {
        if (archive) {
          Io.writeFully(file, header.archivePrefix(size));
        }
        body.write(file);
      } catch (IOException | RuntimeException e) {
        staging.discard(staged);
        throw e;
      }
      return finish(staged, header, name);
    }
  }

  private boolean finish(StagedFile staged, FileHeader header, ObjectName name) throws IOException {
    try {
      format.finish(staged.file(), header);
      options.fsync().completed(staged.file());
      return staging.adopt(staged, name);
    } catch (IOException | RuntimeException e) {
      staging.discard(staged);
      throw e;
    }
  }

  private static Checksum checked(Checksum actual, @Nullable Checksum expected) {
    if (expected != null && !actual.equals(expected)) {
      throw new CorruptObjectException(ObjectName.file(expected), actual);
    }
    return actual;
  }

  @Override
  public void close() {
    for (WriteBuffers buffers = pool.poll(); buffers != null; buffers = pool.poll()) {
      buffers.close();
    }
  }
}
