package dev.coppice.reposerver.mirror;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Whose turn it is: one run at a time in a repository, and few on the whole server. */
public final class Turns {
  /** The memory of the JVM, and the disk, are there for clients first. */
  private static final int AT_ONCE = 2;

  private final Semaphore all = new Semaphore(AT_ONCE, true);
  private final Map<Path, Semaphore> repos = new ConcurrentHashMap<>();

  /** Nobody's. */
  public Turns() {}

  /** Ends a turn. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for a turn in a repository. */
  public Turn take(Path repo) throws InterruptedException {
    Semaphore own =
        repos.computeIfAbsent(repo.toAbsolutePath().normalize(), path -> new Semaphore(1, true));
    own.acquire();
    try {
      all.acquire();
    } catch (InterruptedException e) {
      own.release();
      throw e;
    }
    return () -> {
      all.release();
      own.release();
    };
  }
}
