package dev.coppice.core.store;

import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OfdLock;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which a transaction collects its objects before anybody sees them.
 *
 * <p>{@code tmp/staging-BOOTID-XXXXXX} with a lock beside it, the way the real tool does it: a
 * directory of this boot that nobody holds is taken over, so that an interrupted pull goes on where
 * it was; one of another boot is stale, because its content was never synced. A file gets its final
 * name in here only when it is complete. Source: {@code _ostree_repo_allocate_tmpdir}, {@code
 * rename_pending_loose_objects}.
 */
public final class Staging implements AutoCloseable {
  private static final String PREFIX = "staging-";

  private final Fd tmp;
  private final String name;
  private final Fd directory;
  private final Fd lock;
  private final RepoMode mode;
  private final Map<ObjectName, Boolean> staged = new ConcurrentHashMap<>();
  private final boolean[] fanouts = new boolean[256];
  private volatile boolean unnamedFiles = true;

  private Staging(Fd tmp, String name, Fd directory, Fd lock, RepoMode mode) {
    this.tmp = tmp;
    this.name = name;
    this.directory = directory;
    this.lock = lock;
    this.mode = mode;
  }

  /**
   * Takes over or makes a staging directory.
   *
   * @param repository the repository's directory; not kept
   */
  public static Staging open(Fd repository, RepoMode mode) throws IOException {
    Fd tmp = Fs.openDir(repository, RepoLayout.TMP);
    try {
      String prefix = PREFIX + bootId() + "-";
      for (DirEntry entry : DirStream.list(tmp)) {
        if (entry.name().startsWith(prefix) && !entry.name().endsWith("-lock")) {
          Staging reused = tryTake(tmp, entry.name(), mode);
          if (reused != null) {
            reused.scan();
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
        Staging fresh = tryTake(tmp, name, mode);
        if (fresh != null) {
          return fresh;
        }
      }
    } catch (IOException | RuntimeException e) {
      tmp.close();
      throw e;
    }
  }

  private static @Nullable Staging tryTake(Fd tmp, String name, RepoMode mode) throws IOException {
    Fd lock = Fs.open(tmp, name + "-lock", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
    try {
      if (!OfdLock.tryLock(lock, OfdLock.Kind.EXCLUSIVE)) {
        lock.close();
        return null;
      }
      Fd directory = Fs.openIfExists(tmp, name, OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW);
      if (directory == null) {
        lock.close();
        return null;
      }
      return new Staging(tmp, name, directory, lock, mode);
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

  /** Learns what a directory that was taken over holds. */
  private void scan() throws IOException {
    for (DirEntry fanout : DirStream.list(directory)) {
      if (fanout.name().length() != 2) {
        continue;
      }
      try (Fd inner = Fs.openDir(directory, fanout.name())) {
        for (DirEntry entry : DirStream.list(inner)) {
          RepoLayout.parse(fanout.name(), entry.name(), mode)
              .ifPresent(object -> staged.put(object, true));
        }
      }
    }
  }

  /** Whether the object is staged. */
  public boolean has(ObjectName object) {
    return staged.containsKey(object);
  }

  /** A descriptor of the staging directory; owned by this. */
  public Fd descriptor() {
    return directory;
  }

  /** A new empty file, not visible under any name where the file system can do that. */
  public StagedFile newFile() throws IOException {
    if (unnamedFiles) {
      try {
        return new StagedFile(Fs.openTmpfile(directory, 0600), "");
      } catch (PosixException e) {
        if (e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.EISDIR) {
          throw e;
        }
        unnamedFiles = false;
      }
    }
    while (true) {
      String temporary = "tmp." + randomSuffix() + randomSuffix();
      try {
        int flags = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
        return new StagedFile(Fs.open(tmp, temporary, flags, 0600), temporary);
      } catch (PosixException e) {
        if (e.errno() != Errno.EEXIST) {
          throw e;
        }
      }
    }
  }

  /**
   * A file that is being written.
   *
   * @param temporary its name in the directory of temporary files, or empty where it has none
   */
  public record StagedFile(Fd file, String temporary) {}

  /**
   * Gives a complete file its name; the descriptor stays open and the caller's. False when another
   * thread staged the same object meanwhile: it has the same bytes.
   */
  public boolean adopt(StagedFile file, ObjectName object) throws IOException {
    String path = prepare(object);
    if (file.temporary().isEmpty()) {
      if (object.type() == ObjectType.COMMITMETA) {
        Fs.unlinkIfExists(directory, path);
      }
      // Where it exists another thread wrote the same object: content-addressed, so it is the same.
      Fs.linkTmpfileIfMissing(file.file(), directory, path);
    } else {
      Fs.rename(tmp, file.temporary(), directory, path);
    }
    return staged.put(object, true) == null;
  }

  /** Removes a file that will not be an object. */
  public void discard(StagedFile file) throws IOException {
    if (!file.temporary().isEmpty()) {
      Fs.unlinkIfExists(tmp, file.temporary());
    }
  }

  /**
   * Makes a hard link to a stored file an object; false when the file system refuses links there.
   */
  public boolean adoptLink(Fd from, String path, ObjectName object) throws IOException {
    try {
      Fs.linkIfMissing(from, path, directory, prepare(object));
    } catch (PosixException e) {
      if (e.errno() == Errno.EXDEV || e.errno() == Errno.EMLINK || e.errno() == Errno.EPERM) {
        return false;
      }
      throw e;
    }
    staged.put(object, true);
    return true;
  }

  /** A new symbolic link in the directory of temporary files; returns its name. */
  public String newLink(String target) throws IOException {
    while (true) {
      String temporary = "tmp." + randomSuffix() + randomSuffix();
      try {
        Fs.symlink(target, tmp, temporary);
        return temporary;
      } catch (PosixException e) {
        if (e.errno() != Errno.EEXIST) {
          throw e;
        }
      }
    }
  }

  /** The directory that {@link #newLink} uses. */
  public Fd linkDirectory() {
    return tmp;
  }

  /** Gives a complete symbolic link its name; false when it was staged meanwhile. */
  public boolean adoptNewLink(String temporary, ObjectName object) throws IOException {
    Fs.rename(tmp, temporary, directory, prepare(object));
    return staged.put(object, true) == null;
  }

  private String prepare(ObjectName object) throws IOException {
    String path = RepoLayout.loosePath(object, mode);
    int first = (int) (object.checksum().a() >>> 56);
    // A race makes the directory twice at worst, which is no error.
    if (!fanouts[first]) {
      Fs.mkdirIfMissing(directory, path.substring(0, 2), 0755);
      fanouts[first] = true;
    }
    return path;
  }

  /**
   * Makes all staged objects visible: syncs, renames, syncs the directories. What is there already
   * stays, so that hard links into checkouts keep their inode; only {@code commitmeta} is replaced.
   */
  public void publish(LooseStore store, FsyncPolicy fsync) throws IOException {
    if (fsync != FsyncPolicy.NONE) {
      Io.syncfs(directory);
    }
    boolean[] changed = new boolean[256];
    List<String> fanouts = new ArrayList<>();
    for (DirEntry fanout : DirStream.list(directory)) {
      if (fanout.name().length() == 2) {
        fanouts.add(fanout.name());
      }
    }
    // Commits last: one that can be seen has all that it needs, wherever this is interrupted.
    for (String fanout : fanouts) {
      changed[Integer.parseInt(fanout, 16)] = publishFanout(store, fanout, false);
    }
    for (String fanout : fanouts) {
      changed[Integer.parseInt(fanout, 16)] |= publishFanout(store, fanout, true);
    }
    if (fsync != FsyncPolicy.NONE) {
      for (int i = 0; i < changed.length; i++) {
        if (changed[i]) {
          try (Fd fanout = Fs.openDir(store.descriptor(), RepoLayout.fanout(i))) {
            Io.fsync(fanout);
          }
        }
      }
      Io.fsync(store.descriptor());
    }
    staged.clear();
  }

  private boolean publishFanout(LooseStore store, String fanout, boolean commits)
      throws IOException {
    boolean any = false;
    try (Fd from = Fs.openDir(directory, fanout)) {
      Fs.mkdirIfMissing(store.descriptor(), fanout, 0755);
      try (Fd to = Fs.openDir(store.descriptor(), fanout)) {
        for (DirEntry entry : DirStream.list(from)) {
          if (entry.name().endsWith(".commit") != commits) {
            continue;
          }
          any = true;
          if (entry.name().endsWith(".commitmeta")) {
            Fs.rename(from, entry.name(), to, entry.name());
          } else {
            renameOrDrop(from, to, entry.name());
          }
        }
      }
    }
    return any;
  }

  private static void renameOrDrop(Fd from, Fd to, String name) throws IOException {
    try {
      if (!Fs.renameNoReplace(from, name, to, name)) {
        Fs.unlink(from, name);
      }
    } catch (PosixException e) {
      if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOSYS) {
        throw e;
      }
      // Not every file system knows the flag; the check is then a step of its own.
      if (Fs.statIfExists(to, name) != null) {
        Fs.unlink(from, name);
      } else {
        Fs.rename(from, name, to, name);
      }
    }
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
    Staging taken = tryTake(tmp, other, mode);
    if (taken != null) {
      taken.directory.close();
      Fs.removeTree(tmp, other);
      Fs.unlinkIfExists(tmp, other + "-lock");
      taken.lock.close();
    }
  }

  /** Removes the directory with everything in it and gives up the lock. */
  public void remove() throws IOException {
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
        directory) {
      // Closing is all there is to do.
    }
  }
}
