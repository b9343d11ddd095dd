package dev.coppice.sysroot;

import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.LockTimeoutException;
import dev.coppice.posix.OfdLock;
import dev.coppice.posix.OpenFlags;
import java.io.IOException;
import java.time.Duration;

/**
 * The lock of a sysroot while it is held: one process at a time changes deployments.
 *
 * <p>An exclusive open-file-description lock on {@code /ostree/lock}, as the real tool takes it;
 * the file is removed by whoever held the lock, so a new holder makes sure that its file is still
 * the one that has the name.
 */
public final class SysrootLock implements AutoCloseable {
  private static final String FILE = "ostree/lock";

  /** How often it is said that somebody else holds the lock; so does the real tool. */
  private static final Duration REMINDER = Duration.ofSeconds(3);

  private final Fd root;
  private final Fd file;

  private SysrootLock(Fd root, Fd file) {
    this.root = root;
    this.file = file;
  }

  /**
   * Takes the lock, however long that takes.
   *
   * @param waiting called when somebody else holds it, and every three seconds from then on
   */
  static SysrootLock take(Fd root, Runnable waiting) throws IOException {
    while (true) {
      Fd file =
          Fs.open(
              root,
              FILE,
              OpenFlags.O_CREAT | OpenFlags.O_RDWR | OpenFlags.O_NOFOLLOW | OpenFlags.O_NOCTTY,
              0600);
      try {
        lock(file, waiting);
        FileStat named = Fs.statIfExists(root, FILE);
        if (named != null && named.isSameFile(Fs.fstat(file))) {
          return new SysrootLock(root, file);
        }
        file.close(); // the holder before has removed it: the lock is on a file nobody will find
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    }
  }

  private static void lock(Fd file, Runnable waiting) throws IOException {
    if (OfdLock.tryLock(file, OfdLock.Kind.EXCLUSIVE)) {
      return;
    }
    while (true) {
      waiting.run();
      try {
        OfdLock.lock(file, OfdLock.Kind.EXCLUSIVE, REMINDER);
        return;
      } catch (LockTimeoutException stillHeld) {
        continue;
      }
    }
  }

  /** Gives the lock up. */
  @Override
  public void close() throws IOException {
    if (!file.isClosed()) {
      try (file) {
        Fs.unlinkIfExists(root, FILE);
      }
    }
  }
}
