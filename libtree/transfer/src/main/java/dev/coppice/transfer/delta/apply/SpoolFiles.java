package dev.coppice.transfer.delta.apply;

import dev.coppice.core.store.RepoLayout;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Files without names in the repository's {@code tmp}. One that is given back is written over by
 * whoever takes it next: its pages are there already, and making them costs more than filling them.
 * Safe for several threads.
 */
final class SpoolFiles implements AutoCloseable {
  private final Fd repository;
  private final Deque<Fd> idle = new ArrayDeque<>();
  private boolean closed;

  /** Files in a repository, whose descriptor stays the caller's. */
  SpoolFiles(Fd repository) {
    this.repository = repository;
  }

  /** A file to be written from its start; what is behind what was written is not defined. */
  Fd take() throws IOException {
    Fd file;
    synchronized (this) {
      file = idle.poll();
    }
    if (file == null) {
      return create();
    }
    Io.lseek(file, 0, Io.SEEK_SET);
    return file;
  }

  /** Gives a file back. */
  void giveBack(Fd file) throws IOException {
    synchronized (this) {
      if (!closed) {
        idle.push(file);
        return;
      }
    }
    file.close();
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

  /** Frees what was given back; what comes later is freed at once. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (Fd file : idle) {
      file.close();
    }
    idle.clear();
  }
}
