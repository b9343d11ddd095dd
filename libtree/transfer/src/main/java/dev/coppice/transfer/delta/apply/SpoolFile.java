package dev.coppice.transfer.delta.apply;

import dev.coppice.posix.Fd;
import dev.coppice.posix.Io;
import dev.coppice.transfer.delta.ByteRegion;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are written once and then read by position: in memory as long as they are few, then in
 * a file of {@link SpoolFiles}. Closing it gives both back, once.
 */
final class SpoolFile implements AutoCloseable {
  /** Bytes that stay in memory: most files, and parts of small updates. */
  private static final int IN_MEMORY = 512 << 10;

  private static final int FIRST = 1 << 16;

  private final SpoolFiles files;
  private byte[] memory = new byte[FIRST];
  private long size;
  private @Nullable Fd file;

  /** A spool that takes a file when it needs one. */
  SpoolFile(SpoolFiles files) {
    this.files = files;
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    if (file == null && size + length > IN_MEMORY) {
      file = files.take();
      Io.writeFully(file, memory, 0, (int) size);
      memory = new byte[0];
    }
    if (file != null) {
      Io.writeFully(file, bytes, offset, length);
    } else {
      if (size + length > memory.length) {
        memory = Arrays.copyOf(memory, (int) Math.min(IN_MEMORY, grown(length)));
      }
      System.arraycopy(bytes, offset, memory, (int) size, length);
    }
    size += length;
  }

  private long grown(int length) {
    return Math.max(2L * memory.length, size + length);
  }

  long size() {
    return size;
  }

  /** What was written so far; it must not be written to any more. */
  ByteRegion region() {
    return file != null ? ByteRegion.of(file, size) : new ByteRegion.OfArray(memory, 0, (int) size);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      files.giveBack(file);
    }
  }
}
