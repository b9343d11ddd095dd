package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Decodes through liblzma. For the thread that made it. */
final class LzmaInputStream extends InputStream {
  private static final int BUFFER = 1 << 16;

  /** {@code LZMA_IGNORE_CHECK}. */
  private static final int IGNORE_CHECK = 0x10;

  private static final int RUN = 0;
  private static final int FINISH = 3;

  private static final int OK = 0;
  private static final int STREAM_END = 1;

  // Words of an lzma_stream.
  private static final int NEXT_IN = 0;
  private static final int AVAIL_IN = 8;
  private static final int NEXT_OUT = 24;
  private static final int AVAIL_OUT = 32;

  private final Liblzma library;
  private final InputStream in;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment stream = arena.allocate(Liblzma.STREAM, Long.BYTES);
  private final MemorySegment input = arena.allocate(BUFFER);
  private final MemorySegment output = arena.allocate(BUFFER);
  private final byte[] chunk = new byte[BUFFER];
  private final int refused;
  private int made;
  private int taken;
  private boolean inputEnded;
  private boolean ended;
  private boolean closed;

  LzmaInputStream(Liblzma library, InputStream in, long memoryLimit) {
    this.library = library;
    this.in = in;
    // Fresh memory is zero, as LZMA_STREAM_INIT wants it.
    refused = library.streamDecoder(stream, memoryLimit, IGNORE_CHECK);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (taken == made) {
      if (ended) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, made - taken);
    MemorySegment.copy(output, JAVA_BYTE, taken, bytes, offset, count);
    taken += count;
    return count;
  }

  private void decode() throws IOException {
    if (refused != OK) {
      throw new LzmaException(refused);
    }
    if (closed) {
      throw new IOException("closed");
    }
    if (stream.get(JAVA_LONG, AVAIL_IN) == 0 && !inputEnded) {
      int count = in.read(chunk, 0, chunk.length);
      inputEnded = count < 0;
      if (count > 0) {
        MemorySegment.copy(chunk, 0, input, JAVA_BYTE, 0, count);
        stream.set(ADDRESS, NEXT_IN, input);
        stream.set(JAVA_LONG, AVAIL_IN, count);
      }
    }
    stream.set(ADDRESS, NEXT_OUT, output);
    stream.set(JAVA_LONG, AVAIL_OUT, BUFFER);
    int result = library.code(stream, inputEnded ? FINISH : RUN);
    made = BUFFER - (int) stream.get(JAVA_LONG, AVAIL_OUT);
    taken = 0;
    ended = result == STREAM_END;
    if (result != OK && result != STREAM_END) {
      throw new LzmaException(result);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      library.end(stream);
      arena.close();
    }
  }
}
