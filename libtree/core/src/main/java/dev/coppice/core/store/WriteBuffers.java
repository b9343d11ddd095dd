package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.posix.Libdeflate;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs to write objects: memory, a digest and a compressor, reused from file to
 * file.
 */
final class WriteBuffers implements AutoCloseable {
  /** Bytes that are hashed or streamed at once: fits the second-level cache. */
  static final int CHUNK = 256 << 10;

  /** Longest content that a plain file is put together in memory for, to be hashed there. */
  static final int MOST_ON_HEAP = 1 << 20;

  /** Memory larger than this is given back after each use. */
  static final long LARGE = 4 << 20;

  private final int level;
  private final Optional<Libdeflate> library;
  private MemorySegment content = MemorySegment.NULL;
  private MemorySegment compressed = MemorySegment.NULL;
  private Arena contentArena = Arena.ofShared();
  private Arena compressedArena = Arena.ofShared();
  private @Nullable Deflate deflate;

  /** Heap memory for digests and streams. */
  final byte[] chunk = new byte[CHUNK];

  private byte[] heap = new byte[0];

  /** SHA-256, reset before each use. */
  final MessageDigest digest = Checksum.newDigest();

  WriteBuffers(int level, Optional<Libdeflate> library) {
    this.level = level;
    this.library = library;
  }

  /** Heap memory for {@code size} bytes of content, at least. */
  byte[] heap(int size) {
    if (heap.length < size) {
      heap = new byte[(int) roundUp(size)];
    }
    return heap;
  }

  /** Native memory for {@code size} bytes of content. */
  MemorySegment content(long size) {
    if (content.byteSize() < size) {
      contentArena.close();
      contentArena = Arena.ofShared();
      content = contentArena.allocate(roundUp(size));
    }
    return content.asSlice(0, size);
  }

  /** Native memory for {@code size} bytes of compressed content. */
  MemorySegment compressed(long size) {
    if (compressed.byteSize() < size) {
      compressedArena.close();
      compressedArena = Arena.ofShared();
      compressed = compressedArena.allocate(roundUp(size));
    }
    return compressed.asSlice(0, size);
  }

  /** Gives large memory back. */
  void trim() {
    if (content.byteSize() > LARGE) {
      contentArena.close();
      contentArena = Arena.ofShared();
      content = MemorySegment.NULL;
    }
    if (compressed.byteSize() > LARGE) {
      compressedArena.close();
      compressedArena = Arena.ofShared();
      compressed = MemorySegment.NULL;
    }
  }

  /** Grows in powers of two, so that growing stays rare; large memory does not stay. */
  private static long roundUp(long size) {
    if (size > LARGE) {
      return (size + CHUNK - 1) / CHUNK * CHUNK;
    }
    long rounded = CHUNK;
    while (rounded < size) {
      rounded <<= 1;
    }
    return rounded;
  }

  Deflate deflate() {
    Deflate existing = deflate;
    if (existing == null) {
      existing = new Deflate(level, library);
      deflate = existing;
    }
    return existing;
  }

  @Override
  public void close() {
    contentArena.close();
    compressedArena.close();
    if (deflate != null) {
      deflate.close();
    }
  }
}
