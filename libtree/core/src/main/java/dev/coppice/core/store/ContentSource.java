package dev.coppice.core.store;

import dev.coppice.posix.Fd;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/** Content of a regular file on its way into a store. Owners close what is inside. */
public sealed interface ContentSource {
  /**
   * Bytes that will come; a source with fewer fails, of a source with more the rest is not read.
   */
  long size();

  /** The content of a file, from its current position. */
  record OfFile(Fd file, long size) implements ContentSource {}

  /** The content of a stream. */
  record OfStream(InputStream stream, long size) implements ContentSource {}

  /** Content in memory. */
  record OfBytes(byte[] bytes) implements ContentSource {
    @Override
    public long size() {
      return bytes.length;
    }
  }

  /** Content in native memory, which stays the caller's. */
  record OfMemory(MemorySegment memory) implements ContentSource {
    @Override
    public long size() {
      return memory.byteSize();
    }
  }

  /** No content: for empty files and symbolic links. */
  ContentSource EMPTY = new OfBytes(new byte[0]);
}
