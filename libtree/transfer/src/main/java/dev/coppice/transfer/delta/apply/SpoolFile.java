package dev.coppice.transfer.delta.apply;

import dev.coppice.core.store.RepoLayout;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import dev.coppice.transfer.delta.ByteRegion;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are written once and then read by position: in memory as long as they are few, then in
 * a file without a name in the repository's {@code tmp}. Closing it frees both.
 */
final class SpoolFile implements AutoCloseable {
  /** Bytes that stay in memory: most files, and parts of small updates. */
  private static final int IN_MEMORY = 512 << 10;

  private static final int FIRST = 1 << 16;

  private final Fd repository;
  private byte[] memory = new byte[FIRST];
  private long size;
  private @Nullable Fd file;

  /** A spool in a repository, whose descriptor stays the caller's. */
  SpoolFile(Fd repository) {
    this.repository = repository;
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    if (file == null && size + length > IN_MEMORY) {
      file = create();
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

  private Fd create() throws IOException {
    try (Fd tmp = Fs.openDir(repository, RepoLayout.TMP)) {
      try {
        return Fs.openTmpfile(tmp, 0600);
      } catch (PosixException e) {
        if (e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.EISDIR) {
          throw e;
        }
      }
      String name = "delta-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
      int flags = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
      Fd named = Fs.open(tmp, name, flags, 0600);
      Fs.unlink(tmp, name);
      return named;
    }
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
      file.close();
    }
  }
}
