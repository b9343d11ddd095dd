package dev.coppice.reposerver.http;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A part of a file to be sent: mapped, so that TLS and HTTP/2 can read it like any other buffer,
 * and with its place in the file, so that {@link SendfileEndPoint} need not read it at all. A map
 * costs address space, not memory.
 *
 * @param start of the buffer's first byte in the file
 */
record FileWindow(Arena arena, FileChannel file, long start, ByteBuffer buffer)
    implements AutoCloseable {
  /** A buffer's limit is an int; a smaller one lets go of a file that was pruned sooner. */
  static final long LARGEST = 256L << 20;

  /** Maps a part of a file; the file stays the caller's. */
  static FileWindow map(FileChannel file, long start, long length) throws IOException {
    // Not left to the collector: a map keeps the blocks of a deleted file.
    Arena arena = Arena.ofShared();
    try {
      var segment = file.map(FileChannel.MapMode.READ_ONLY, start, length, arena);
      return new FileWindow(arena, file, start, segment.asByteBuffer());
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** Whether this very buffer, and not one of equal bytes, is the window's. */
  @SuppressWarnings("ReferenceEquality")
  boolean is(ByteBuffer other) {
    return other == buffer;
  }

  @Override
  public void close() {
    arena.close();
  }
}
