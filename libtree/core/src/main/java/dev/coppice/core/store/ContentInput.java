package dev.coppice.core.store;

import dev.coppice.posix.Fd;
import dev.coppice.posix.Io;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;

/** Reads content from where it comes. */
final class ContentInput {
  private ContentInput() {}

  /**
   * The whole content in memory: its own where it is there, else that of the buffers. What is on
   * the heap stays there: that is where it is hashed.
   */
  static MemorySegment inMemory(ContentSource source, WriteBuffers buffers) throws IOException {
    // Not a switch over types: its first use makes a class at run time.
    if (source instanceof ContentSource.OfBytes(byte[] bytes)) {
      return MemorySegment.ofArray(bytes);
    }
    if (source instanceof ContentSource.OfStream(var stream, long size)
        && size <= WriteBuffers.MOST_ON_HEAP) {
      byte[] content = buffers.heap((int) size);
      for (int at = 0; at < size; ) {
        int wanted = (int) Math.min(WriteBuffers.CHUNK, size - at);
        at += positive(stream.read(content, at, wanted), at, size);
      }
      return MemorySegment.ofArray(content).asSlice(0, size);
    }
    return inNativeMemory(source, buffers);
  }

  /** The same in native memory, where compressors of the system want it. */
  static MemorySegment inNativeMemory(ContentSource source, WriteBuffers buffers)
      throws IOException {
    long size = source.size();
    MemorySegment content =
        source instanceof ContentSource.OfMemory(MemorySegment memory)
            ? memory
            : buffers.content(size);
    switch (source) {
      case ContentSource.OfMemory(MemorySegment _) -> {}
      case ContentSource.OfBytes(byte[] bytes) ->
          MemorySegment.copy(bytes, 0, content, ValueLayout.JAVA_BYTE, 0, (int) size);
      case ContentSource.OfFile(Fd file, long _) -> {
        for (long at = 0; at < size; ) {
          int count = Io.read(file, content.asSlice(at));
          at += positive(count, at, size);
        }
      }
      case ContentSource.OfStream(var stream, long _) -> {
        for (long at = 0; at < size; ) {
          int wanted = (int) Math.min(buffers.chunk.length, size - at);
          int count = stream.read(buffers.chunk, 0, wanted);
          positive(count, at, size);
          MemorySegment.copy(buffers.chunk, 0, content, ValueLayout.JAVA_BYTE, at, count);
          at += count;
        }
      }
    }
    return content;
  }

  /** Hashes content that is in memory. */
  static void hash(MemorySegment content, MessageDigest digest, byte[] chunk) {
    if (content.heapBase().orElse(null) instanceof byte[] bytes) {
      digest.update(bytes, (int) content.address(), (int) content.byteSize());
      return;
    }
    for (long at = 0; at < content.byteSize(); at += chunk.length) {
      int count = (int) Math.min(chunk.length, content.byteSize() - at);
      MemorySegment.copy(content, ValueLayout.JAVA_BYTE, at, chunk, 0, count);
      digest.update(chunk, 0, count);
    }
  }

  /**
   * Reads the next bytes. Streams are read until all that is wanted is there: one may give some
   * bytes at a time, and what follows costs a call of the system each.
   *
   * @param at how many were read before
   * @return how many came: 1 to {@code wanted}
   * @throws EOFException when the source has fewer than it promised
   */
  static int read(ContentSource source, byte[] chunk, long at, int wanted) throws IOException {
    int count =
        switch (source) {
          case ContentSource.OfFile(Fd file, long _) -> Io.read(file, chunk, 0, wanted);
          case ContentSource.OfStream(var stream, long _) -> stream.readNBytes(chunk, 0, wanted);
          case ContentSource.OfBytes(byte[] bytes) -> {
            System.arraycopy(bytes, (int) at, chunk, 0, wanted);
            yield wanted;
          }
          case ContentSource.OfMemory(MemorySegment memory) -> {
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, chunk, 0, wanted);
            yield wanted;
          }
        };
    return positive(count, at, source.size());
  }

  private static int positive(int count, long at, long size) throws IOException {
    if (count <= 0) {
      throw new EOFException(
          "Unexpected EOF with " + (size - at) + "/" + size + " bytes remaining: the file shrank");
    }
    return count;
  }
}
