package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OfdLock;
import dev.coppice.posix.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;

/** What a mirror remembers, in {@code extensions/coppice/mirror}. One run holds it at a time. */
final class MirrorState implements AutoCloseable {
  private static final String DIRECTORY = "extensions/coppice/mirror";

  private final Path directory;
  private final Fd lock;

  private MirrorState(Path directory, Fd lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Takes the state of a mirror.
   *
   * @throws Failure with {@link ErrorCode#REPO_LOCKED} when another run has it
   */
  static MirrorState take(Repo repo) throws IOException {
    Fs.mkdirs(repo.descriptor(), DIRECTORY, 0755);
    Fd lock =
        Fs.open(repo.descriptor(), DIRECTORY + "/lock", OpenFlags.O_CREAT | OpenFlags.O_RDWR, 0644);
    try {
      if (!OfdLock.tryLock(lock, OfdLock.Kind.EXCLUSIVE)) {
        throw new Failure(
            ErrorCode.REPO_LOCKED,
            "Another run is mirroring into " + repo.path(),
            "Let it finish ('fuser " + directory(repo) + "/lock' names it).");
      }
      return new MirrorState(directory(repo), lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Where the state of a mirror is, whether it is there or not. */
  static Path directory(Repo repo) {
    return repo.path().resolve(DIRECTORY);
  }

  /** The directory. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
