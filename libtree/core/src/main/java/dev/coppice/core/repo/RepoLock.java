package dev.coppice.core.repo;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.LockTimeoutException;
import dev.coppice.posix.OfdLock;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a repository while it is held: shared by whoever adds, exclusive for whoever removes.
 *
 * <p>An open-file-description lock on {@code .lock}, as the real tool takes it, so that both
 * respect each other.
 */
public final class RepoLock implements AutoCloseable {
  /** Somebody else holds the lock, and the time to wait is over. */
  public static final class LockedException extends TreeException {
    private static final long serialVersionUID = 1L;

    private LockedException(Repo repo, Kind kind, Duration waited) {
      super(
          ErrorCode.REPO_LOCKED,
          "Locking repo "
              + repo.path()
              + " "
              + kind.text
              + " failed: another process holds the lock, waited "
              + waited.toSeconds()
              + " seconds",
          "Let the other process finish ('fuser "
              + repo.path()
              + "/.lock' names it) or raise core.lock-timeout-secs.",
          null);
    }
  }

  /** Shared or exclusive. */
  public enum Kind {
    /** For adding objects and refs: any number of holders. */
    SHARED("shared", OfdLock.Kind.SHARED),
    /** For removing objects: one holder, and no shared one. */
    EXCLUSIVE("exclusive", OfdLock.Kind.EXCLUSIVE);

    private final String text;
    private final OfdLock.Kind kind;

    Kind(String text, OfdLock.Kind kind) {
      this.text = text;
      this.kind = kind;
    }
  }

  /** Longer than any wait: for the setting -1. */
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final @Nullable Fd file;

  private RepoLock(@Nullable Fd file) {
    this.file = file;
  }

  /**
   * Takes the lock, waiting as long as {@code core.lock-timeout-secs} says.
   *
   * @throws LockedException when the time is over
   */
  static RepoLock take(Repo repo, Kind kind) throws IOException {
    Optional<Duration> timeout = repo.config().lockTimeout();
    if (timeout.isEmpty()) {
      return new RepoLock(null);
    }
    Duration wait = timeout.get().isNegative() ? FOR_EVER : timeout.get();
    Fd file;
    try {
      file =
          Fs.open(repo.descriptor(), RepoLayout.LOCK, OpenFlags.O_CREAT | OpenFlags.O_RDWR, 0644);
    } catch (PosixException e) {
      if (e.errno() == Errno.EROFS || e.errno() == Errno.EACCES) {
        // Nobody can change a repository that cannot be written, so there is nothing to lock.
        return new RepoLock(null);
      }
      throw e;
    }
    try {
      OfdLock.lock(file, kind.kind, wait);
      return new RepoLock(file);
    } catch (LockTimeoutException e) {
      file.close();
      throw new LockedException(repo, kind, wait);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Gives the lock up. */
  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
