package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.object.Xattrs;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.Libdeflate;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies single objects: that their bytes hash to their name and have the form that their type
 * demands. What an object refers to is not looked at. For one thread at a time.
 *
 * <p>Compressed content that fits in memory goes through libdeflate where the system has it, which
 * inflates about twice as fast as zlib.
 */
public final class ObjectVerifier implements AutoCloseable {
  /** Longest content that is inflated in one piece; bounds the memory of a thread. */
  private static final int MAX_WHOLE = 16 << 20;

  private static final int CHUNK = 128 << 10;

  private final List<LooseStore> stores;
  private final MessageDigest digest = Checksum.newDigest();
  private final byte[] chunk = new byte[CHUNK];
  private final Optional<Libdeflate.Decompressor> decompressor;
  private final NativeBuffer compressed = new NativeBuffer();
  private final NativeBuffer content = new NativeBuffer();

  /**
   * A verifier of objects in these stores.
   *
   * @param stores asked in this order, as {@code Repo.stores()} has them
   */
  public ObjectVerifier(List<LooseStore> stores) {
    this.stores = List.copyOf(stores);
    boolean archive = stores.stream().anyMatch(store -> store.mode() == RepoMode.ARCHIVE);
    this.decompressor =
        archive ? Libdeflate.load().map(Libdeflate::decompressor) : Optional.empty();
  }

  /**
   * Verifies an object.
   *
   * @return bytes that were hashed
   * @throws CorruptObjectException when its bytes or its form are wrong
   * @throws MissingObjectException when it is not there
   */
  public long verify(ObjectName name) throws IOException {
    try {
      return name.type() == ObjectType.FILE ? verifyFile(name) : verifyMetadata(name);
    } catch (MalformedObjectException e) {
      throw new CorruptObjectException(name, e);
    }
  }

  private long verifyMetadata(ObjectName name) throws IOException {
    byte[] bytes = null;
    for (int i = 0; bytes == null && i < stores.size(); i++) {
      bytes = stores.get(i).loadIfExists(name);
    }
    if (bytes == null) {
      throw new MissingObjectException(name);
    }
    digest.reset();
    Checksum actual = Checksum.of(digest.digest(bytes));
    if (!actual.equals(name.checksum())) {
      throw new CorruptObjectException(name, actual);
    }
    checkForm(name.type(), bytes);
    return bytes.length;
  }

  /**
   * Checks the form of an object that is not a file.
   *
   * @throws MalformedObjectException when it is wrong
   */
  public static void checkForm(ObjectType type, byte[] bytes) {
    switch (type) {
      case COMMIT -> Commit.decode(bytes);
      case DIRTREE -> DirTree.decode(bytes);
      case DIRMETA -> checkOrder(DirMeta.decode(bytes).xattrs());
      case FILE, TOMBSTONE, COMMITMETA, PAYLOAD_LINK, FILE_XATTRS, FILE_XATTRS_LINK -> {}
    }
  }

  /** Attributes of directories have to be sorted; those of files need not, in the real tool. */
  private static void checkOrder(Xattrs xattrs) {
    byte[] previous = null;
    int index = 0;
    for (Xattrs.Xattr xattr : xattrs.entries()) {
      if (previous != null) {
        int order = Arrays.compareUnsigned(previous, xattr.name());
        if (order == 0) {
          throw new MalformedObjectException("Duplicate xattr name, index=" + index);
        }
        if (order > 0) {
          throw new MalformedObjectException(
              "Incorrectly sorted xattr name (cur=" + xattr.nameText() + "), index=" + index);
        }
      }
      previous = xattr.name();
      index++;
    }
  }

  private long verifyFile(ObjectName name) throws IOException {
    FileObject opened = openFile(name);
    if (opened == null) {
      throw new MissingObjectException(name);
    }
    try (FileObject file = opened) {
      digest.reset();
      digest.update(file.header().checksumPrefix());
      if (!file.header().isSymlink()) {
        update(file);
      }
      Checksum actual = Checksum.of(digest.digest());
      if (!actual.equals(name.checksum())) {
        throw new CorruptObjectException(name, actual);
      }
      return file.size();
    }
  }

  private @Nullable FileObject openFile(ObjectName name) throws IOException {
    for (LooseStore store : stores) {
      FileObject file = store.openFileIfExists(name.checksum());
      if (file != null) {
        return file;
      }
    }
    return null;
  }

  private void update(FileObject file) throws IOException {
    Fd plain = file.plainFile();
    if (plain != null) {
      updateFrom(plain);
    } else if (file instanceof ArchiveFormat.Compressed archived && inflateWhole(archived)) {
      updateFrom(content.segment(archived.size()));
    } else {
      updateFrom(file.content());
    }
  }

  private void updateFrom(Fd file) throws IOException {
    for (int count = Io.read(file, chunk, 0, CHUNK);
        count > 0;
        count = Io.read(file, chunk, 0, CHUNK)) {
      digest.update(chunk, 0, count);
    }
  }

  private void updateFrom(InputStream stream) throws IOException {
    for (int count = stream.read(chunk); count > 0; count = stream.read(chunk)) {
      digest.update(chunk, 0, count);
    }
  }

  private void updateFrom(MemorySegment memory) {
    for (long at = 0; at < memory.byteSize(); at += CHUNK) {
      int count = (int) Math.min(CHUNK, memory.byteSize() - at);
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, chunk, 0, count);
      digest.update(chunk, 0, count);
    }
  }

  /**
   * Inflates content into memory; returns false when it is too long, or damaged: then the stream,
   * which still stands at the start of the content, finds out what is wrong.
   */
  private boolean inflateWhole(ArchiveFormat.Compressed file) throws IOException {
    if (decompressor.isEmpty() || file.size() > MAX_WHOLE) {
      return false;
    }
    long start = file.contentStart();
    long length = Fs.fstat(file.file()).size() - start;
    // Deflate never makes content much larger: what is, is no honest compression of it.
    if (length < 0 || length > MAX_WHOLE + CHUNK) {
      return false;
    }
    MemorySegment in = compressed.segment(length);
    for (long at = 0; at < length; ) {
      int count = Io.pread(file.file(), in.asSlice(at), start + at);
      if (count <= 0) {
        return false;
      }
      at += count;
    }
    return decompressor.get().decompress(in, content.segment(file.size()));
  }

  @Override
  public void close() {
    decompressor.ifPresent(Libdeflate.Decompressor::close);
    compressed.close();
    content.close();
  }

  /** Native memory that grows in powers of two, so that growing stays rare. */
  private static final class NativeBuffer implements AutoCloseable {
    private Arena arena = Arena.ofShared();
    private MemorySegment memory = MemorySegment.NULL;

    MemorySegment segment(long size) {
      if (memory.byteSize() < size) {
        arena.close();
        arena = Arena.ofShared();
        memory = arena.allocate(Math.max(CHUNK, Long.highestOneBit(size) << 1));
      }
      return memory.asSlice(0, size);
    }

    @Override
    public void close() {
      arena.close();
    }
  }
}
