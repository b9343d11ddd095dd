package dev.coppice.core.store;

import dev.coppice.posix.Fd;
import dev.coppice.posix.Io;
import dev.coppice.posix.Libdeflate;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.zip.Deflater;

/**
 * Raw deflate of file content, for one thread at a time.
 *
 * <p>libdeflate, where the system has it, is about three times as fast as zlib but works on whole
 * buffers: it takes content up to {@link #MAX_WHOLE}. Longer content, and content whose exact size
 * must be what zlib makes ({@code ostree.sizes}), goes through the JDK's zlib as a stream. Either
 * way clients inflate the same bytes.
 */
final class Deflate implements AutoCloseable {
  /** Longest content that is compressed in one piece; bounds the memory of a writing thread. */
  static final int MAX_WHOLE = 64 << 20;

  private static final int CHUNK = 256 << 10;

  private final Deflater deflater;
  private final Optional<Libdeflate.Compressor> whole;
  private final byte[] output = new byte[CHUNK];

  /**
   * @param level 1 to 9, {@code archive.zlib-level}
   * @param library the accelerator to use, or empty for zlib only
   */
  Deflate(int level, Optional<Libdeflate> library) {
    this.deflater = new Deflater(level, true);
    this.whole = library.map(found -> found.compressor(level));
  }

  /** Whether content of this size should be handed to {@link #whole} in one piece. */
  boolean takesWhole(long size) {
    return whole.isPresent() && size <= MAX_WHOLE;
  }

  /** Compresses content in one piece and writes it, through memory that {@code buffers} lends. */
  void whole(MemorySegment content, WriteBuffers buffers, Fd to) throws IOException {
    Libdeflate.Compressor compressor = whole.orElseThrow();
    MemorySegment out = buffers.compressed(compressor.bound(content.byteSize()));
    int size = compressor.compress(content, out);
    if (size < 0) {
      throw new IllegalStateException("libdeflate needs more than its own bound");
    }
    Io.writeFully(to, out.asSlice(0, size));
  }

  /** Starts a new stream. */
  void begin() {
    deflater.reset();
  }

  /** Compresses a piece and writes what comes out. */
  void update(byte[] content, int length, Fd to) throws IOException {
    deflater.setInput(content, 0, length);
    while (!deflater.needsInput()) {
      drain(to);
    }
  }

  /** Ends the stream. */
  void end(Fd to) throws IOException {
    deflater.finish();
    while (!deflater.finished()) {
      drain(to);
    }
  }

  private void drain(Fd to) throws IOException {
    int count = deflater.deflate(output, 0, output.length);
    if (count > 0) {
      Io.writeFully(to, output, 0, count);
    }
  }

  @Override
  public void close() {
    deflater.end();
    whole.ifPresent(Libdeflate.Compressor::close);
  }
}
