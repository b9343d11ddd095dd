package dev.coppice.core.store;

import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OfdLock;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which a transaction collects its objects before anybody sees them.
 *
 * <p>{@code tmp/staging-BOOTID-XXXXXX} with a lock beside it, the way the real tool does it: a
 * directory of this boot that nobody holds is taken over, so that an interrupted pull goes on where
 * it was; one of another boot is stale, because its content was never synced. Source: {@code
 * _ostree_repo_allocate_tmpdir}, {@code rename_pending_loose_objects}.
 */
public final class Staging implements AutoCloseable {
  private static final String PREFIX = "staging-";

  private final Fd tmp;
  private final String name;
  private final Fd directory;
  private final Fd lock;
  private final RepoMode mode;
  private final StagedParts parts;
  private final VeritySeal seal;
  private boolean removed;

  private Staging(Fd tmp, String name, Fd directory, Fd lock, RepoMode mode, VeritySeal seal) {
    this.tmp = tmp;
    this.name = name;
    this.directory = directory;
    this.lock = lock;
    this.mode = mode;
    this.parts = new StagedParts(directory, mode);
    this.seal = seal;
  }

  /**
   * Takes over or makes a staging directory.
   *
   * @param repository the repository's directory; not kept
   * @param seal put on objects when they are complete
   */
  public static Staging open(Fd repository, RepoMode mode, VeritySeal seal) throws IOException {
    Fd tmp = Fs.openDir(repository, RepoLayout.TMP);
    try {
      String prefix = PREFIX + bootId() + "-";
      for (DirEntry entry : DirStream.list(tmp)) {
        String other = entry.name();
        if (other.startsWith(prefix) && !other.endsWith("-lock") && entry.isDirectory()) {
          Staging reused = tryTakeOver(tmp, other, mode, seal);
          if (reused != null) {
            reused.parts.takeOver();
            return reused;
          }
        }
      }
      while (true) {
        String name = prefix + randomSuffix();
        try {
          Fs.mkdir(tmp, name, 0755);
        } catch (PosixException e) {
          if (e.errno() == Errno.EEXIST) {
            continue;
          }
          throw e;
        }
        Staging fresh = tryTake(tmp, name, mode, seal);
        if (fresh != null) {
          return fresh;
        }
      }
    } catch (IOException | RuntimeException e) {
      tmp.close();
      throw e;
    }
  }

  /** Takes one that is there already, unless it is in use or its lock is not ours to open. */
  private static @Nullable Staging tryTakeOver(Fd tmp, String name, RepoMode mode, VeritySeal seal)
      throws IOException {
    try {
      return tryTake(tmp, name, mode, seal);
    } catch (PosixException e) {
      if (e.errno() == Errno.EACCES || e.errno() == Errno.EPERM) {
        return null; // somebody else's, such as what root left in a user's repository
      }
      throw e;
    }
  }

  private static @Nullable Staging tryTake(Fd tmp, String name, RepoMode mode, VeritySeal seal)
      throws IOException {
    Fd lock = Fs.open(tmp, name + "-lock", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
    try {
      if (!OfdLock.tryLock(lock, OfdLock.Kind.EXCLUSIVE)) {
        lock.close();
        return null;
      }
      Fd directory = Fs.openIfExists(tmp, name, OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW);
      if (directory == null) {
        // Its owner removed both meanwhile, so this lock file is one that we made.
        Fs.unlinkIfExists(tmp, name + "-lock");
        lock.close();
        return null;
      }
      return new Staging(tmp, name, directory, lock, mode, seal);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static String bootId() throws IOException {
    String forced = System.getenv("OSTREE_BOOTID");
    return forced != null
        ? forced
        : Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }

  private static String randomSuffix() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    var suffix = new StringBuilder(6);
    for (int i = 0; i < 6; i++) {
      suffix.append(alphabet.charAt(ThreadLocalRandom.current().nextInt(alphabet.length())));
    }
    return suffix.toString();
  }

  /** Whether the object is staged. */
  public boolean has(ObjectName object) {
    return parts.has(object);
  }

  /** What is staged, to be read. */
  public ObjectStore objects() {
    return new StagedObjects(directory, parts, mode);
  }

  /** Opens a staged regular file for reading; null when it is not staged. */
  @Nullable Fd openIfStaged(ObjectName object) throws IOException {
    return parts.openIfStaged(object);
  }

  /** A descriptor of the staging directory; owned by this. */
  public Fd descriptor() {
    return directory;
  }

  /** A new empty file. */
  public StagedFile newFile() throws IOException {
    String path = parts.newPath();
    return new StagedFile(parts.create(path), path);
  }

  /**
   * A file that is being written.
   *
   * @param path below {@link #descriptor}
   */
  public record StagedFile(Fd file, String path) {}

  /**
   * Declares a complete file to be an object; the descriptor is closed when it is to be sealed.
   * False when another thread staged the same object meanwhile: it has the same bytes.
   */
  public boolean adopt(StagedFile file, ObjectName object) throws IOException {
    // Detached metadata is the one kind of object that changes.
    if (seal.isWanted() && object.type() != ObjectType.COMMITMETA) {
      file.file().close();
      seal.apply(directory, file.path());
    }
    return parts.adopt(file.path(), object);
  }

  /** Removes a file that will not be an object. */
  public void discard(StagedFile file) throws IOException {
    Fs.unlinkIfExists(directory, file.path());
  }

  /**
   * Makes a hard link to a stored file an object; false when the file system refuses links there.
   */
  public boolean adoptLink(Fd from, String path, ObjectName object) throws IOException {
    return adoptLink(object, link -> Fs.link(from, path, directory, link));
  }

  /** Makes a hard link to an open file an object; false when the file system refuses. */
  boolean adoptLink(Fd file, ObjectName object) throws IOException {
    return adoptLink(object, link -> Fs.linkTmpfile(file, directory, link));
  }

  private interface Link {
    void make(String path) throws IOException;
  }

  private boolean adoptLink(ObjectName object, Link maker) throws IOException {
    String link = parts.newPath();
    try {
      maker.make(link);
    } catch (PosixException e) {
      if (e.errno() == Errno.EXDEV || e.errno() == Errno.EMLINK || e.errno() == Errno.EPERM) {
        return false;
      }
      throw e;
    }
    parts.adopt(link, object);
    return true;
  }

  /** A new symbolic link; returns its path below {@link #descriptor}. */
  public String newLink(String target) throws IOException {
    String path = parts.newPath();
    Fs.symlink(target, directory, path);
    return path;
  }

  /** Declares a complete symbolic link to be an object; false when it was staged meanwhile. */
  public boolean adoptNewLink(String path, ObjectName object) throws IOException {
    return parts.adopt(path, object);
  }

  /**
   * Makes all staged objects visible: syncs, renames, syncs the directories. What is there already
   * stays, so that hard links into checkouts keep their inode; only {@code commitmeta} is replaced.
   * Commits lose their tombstones.
   */
  public void publish(LooseStore store, FsyncPolicy fsync) throws IOException {
    parts.publish(store, fsync);
  }

  /**
   * From now on, keeps each object for the next one of this boot even if this process is killed:
   * costs one write for each.
   */
  public void keepEach() throws IOException {
    parts.keepEach();
  }

  /**
   * Removes files and staging directories that nobody uses: of an earlier boot, or older than
   * {@code expiry}. Source: {@code cleanup_tmpdir}.
   *
   * @param expiry seconds, {@code core.tmp-expiry-secs}
   */
  public void removeStale(long expiry) throws IOException {
    long now = System.currentTimeMillis() / 1000;
    String boot = PREFIX + bootId() + "-";
    for (DirEntry entry : DirStream.list(tmp)) {
      String other = entry.name();
      if (other.equals("cache") || other.equals(name) || other.equals(name + "-lock")) {
        continue;
      }
      if (other.startsWith(PREFIX)) {
        if (!other.startsWith(boot) && !other.endsWith("-lock")) {
          removeIfUnused(other);
        }
        continue;
      }
      FileStat stat = Fs.statIfExists(tmp, other);
      if (stat != null && now - stat.mtimeSeconds() > expiry) {
        Fs.removeTree(tmp, other);
      }
    }
  }

  private void removeIfUnused(String other) throws IOException {
    Staging taken = tryTakeOver(tmp, other, mode, seal);
    if (taken != null) {
      taken.directory.close();
      Fs.removeTree(tmp, other);
      Fs.unlinkIfExists(tmp, other + "-lock");
      taken.lock.close();
    }
  }

  /** Removes the directory with everything in it and gives up the lock. */
  public void remove() throws IOException {
    removed = true;
    parts.forget();
    Fs.removeTree(tmp, name);
    Fs.unlinkIfExists(tmp, name + "-lock");
  }

  /**
   * Gives up the lock; what is staged stays for the next transaction of this boot unless it was
   * removed.
   */
  @Override
  public void close() throws IOException {
    try (tmp;
        lock;
        directory;
        parts) {
      if (!removed) {
        parts.settle();
        StagingJournal.delete(directory);
      }
    }
  }
}
