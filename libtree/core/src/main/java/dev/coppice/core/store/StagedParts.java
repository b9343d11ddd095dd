package dev.coppice.core.store;

import dev.coppice.core.io.Workers;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of a staging directory: which object is where. For several threads.
 *
 * <p>A new file is made under a number in {@code parts-N} and stays there: that it is complete, and
 * which object it is, is known to this alone. So each file costs two changes of directories, making
 * it and renaming it into the repository, and a file that a killed process left incomplete can
 * never be taken for an object. {@link #settle} gives files the names of their objects when the
 * work is to be kept; {@link #keepEach} writes down which they are as they come, for work that is
 * to be kept even if the process is killed.
 */
final class StagedParts implements AutoCloseable {
  private static final String PARTS = "parts-";

  /** Directories for parts: threads that make files in one directory wait for each other. */
  private static final int DIRECTORIES = 4;

  /** Marks an object that has the name of its object already. */
  private static final String SETTLED = "";

  private final Fd directory;
  private final RepoMode mode;
  private final Map<ObjectName, String> staged = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final boolean[] made = new boolean[DIRECTORIES];
  private volatile @Nullable StagingJournal journal;

  StagedParts(Fd directory, RepoMode mode) {
    this.directory = directory;
    this.mode = mode;
  }

  /** Learns what a directory that was taken over holds, and removes what may be incomplete. */
  void takeOver() throws IOException {
    for (StagingJournal.Entry entry : StagingJournal.read(directory, mode)) {
      if (!isOfCommit(entry.object())) {
        recover(entry);
      }
    }
    StagingJournal.delete(directory);
    for (DirEntry fanout : DirStream.list(directory)) {
      if (fanout.name().startsWith(PARTS)) {
        Fs.removeTree(directory, fanout.name());
        continue;
      }
      if (fanout.name().length() != 2) {
        continue;
      }
      try (Fd inner = Fs.openDir(directory, fanout.name())) {
        for (DirEntry entry : DirStream.list(inner)) {
          Optional<ObjectName> object = RepoLayout.parse(fanout.name(), entry.name(), mode);
          if (object.isPresent() && isOfCommit(object.get())) {
            Fs.unlink(inner, entry.name());
          } else if (object.isPresent()) {
            staged.put(object.get(), SETTLED);
          }
        }
      }
    }
  }

  /** Names a file that a killed process has completed; it may have gone on and named it itself. */
  private void recover(StagingJournal.Entry entry) throws IOException {
    String path = loosePath(entry.object());
    Fs.mkdirIfMissing(directory, path.substring(0, 2), 0755);
    try {
      Fs.rename(directory, entry.path(), directory, path);
    } catch (PosixException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  /**
   * Whether an object is not to outlive its transaction. What else a commit needs may have been in
   * the repository already, and a prune may delete it before the next transaction: the commit would
   * then become visible with holes.
   */
  private static boolean isOfCommit(ObjectName object) {
    return object.type() == ObjectType.COMMIT || object.type() == ObjectType.COMMITMETA;
  }

  boolean has(ObjectName object) {
    return staged.containsKey(object);
  }

  /** Tells every object that is staged. */
  void list(Consumer<ObjectName> consumer) {
    staged.keySet().forEach(consumer);
  }

  /** Where a staged object is, or would be when it had the name of its object. */
  String path(ObjectName object) {
    String path = staged.get(object);
    return path == null || path.equals(SETTLED) ? loosePath(object) : path;
  }

  /** Opens a staged file for reading; null when it is not there, or is being renamed. */
  @Nullable Fd openIfStaged(ObjectName object) throws IOException {
    return has(object)
        ? Fs.openIfExists(directory, path(object), OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW)
        : null;
  }

  /** A path that nobody has used yet. */
  String newPath() throws IOException {
    int which = (int) (Thread.currentThread().threadId() % DIRECTORIES);
    // A race makes the directory twice at worst, which is no error.
    if (!made[which]) {
      Fs.mkdirIfMissing(directory, PARTS + which, 0700);
      made[which] = true;
    }
    return PARTS + which + "/" + Integer.toString(numbers.getAndIncrement(), Character.MAX_RADIX);
  }

  /** Makes a file at a new path. */
  Fd create(String path) throws IOException {
    int flags = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
    return Fs.open(directory, path, flags, 0600);
  }

  /**
   * Declares a complete file to be an object; false when the object was staged already, and the
   * file is not needed. Detached metadata is replaced.
   */
  boolean adopt(String path, ObjectName object) throws IOException {
    if (object.type() == ObjectType.COMMITMETA) {
      String old = staged.put(object, path);
      if (old != null) {
        Fs.unlinkIfExists(directory, old.equals(SETTLED) ? loosePath(object) : old);
      }
      return old == null;
    }
    if (staged.putIfAbsent(object, path) != null) {
      // Another thread wrote the same object: content-addressed, so it is the same.
      Fs.unlink(directory, path);
      return false;
    }
    StagingJournal kept = journal;
    if (kept != null && !isOfCommit(object)) {
      kept.add(path, loosePath(object));
    }
    return true;
  }

  private String loosePath(ObjectName object) {
    return RepoLayout.loosePath(object, mode);
  }

  /** From now on, objects are found by the next transaction even if this process is killed. */
  synchronized void keepEach() throws IOException {
    if (journal == null) {
      settle();
      journal = StagingJournal.begin(directory);
    }
  }

  /** Gives all files but those of commits the names of their objects, for the next transaction. */
  void settle() throws IOException {
    var fanouts = new HashSet<String>();
    for (Map.Entry<ObjectName, String> entry : staged.entrySet()) {
      if (!entry.getValue().equals(SETTLED) && !isOfCommit(entry.getKey())) {
        String path = loosePath(entry.getKey());
        String fanout = path.substring(0, 2);
        if (fanouts.add(fanout)) {
          Fs.mkdirIfMissing(directory, fanout, 0755);
        }
        Fs.rename(directory, entry.getValue(), directory, path);
        entry.setValue(SETTLED);
      }
    }
  }

  /**
   * Makes all staged objects visible: syncs, renames, syncs the directories. What is there already
   * stays, so that hard links into checkouts keep their inode; only {@code commitmeta} is replaced.
   */
  void publish(LooseStore store, FsyncPolicy fsync) throws IOException {
    if (fsync != FsyncPolicy.NONE) {
      Io.syncfs(directory);
    }
    // Commits last: one that can be seen has all that it needs, wherever this is interrupted.
    publish(false, store, fsync);
    publish(true, store, fsync);
    if (fsync != FsyncPolicy.NONE) {
      Io.fsync(store.descriptor());
    }
  }

  private void publish(boolean commits, LooseStore store, FsyncPolicy fsync) throws IOException {
    var fanouts = new ConcurrentLinkedQueue<>(byFanout(commits));
    var failures = new ConcurrentLinkedQueue<Exception>();
    List<Thread> threads = new ArrayList<>();
    int helpers = staged.size() < 1000 ? 0 : Runtime.getRuntime().availableProcessors() - 1;
    for (int i = 0; i < helpers; i++) {
      threads.add(
          Thread.ofPlatform().daemon().start(() -> publish(fanouts, store, fsync, failures)));
    }
    publish(fanouts, store, fsync, failures);
    // Renaming must not be left half done by an interrupt: the objects are all on the disk.
    Workers.joinAll(threads);
    for (Exception failure : failures) {
      switch (failure) {
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case Exception e -> throw new IllegalStateException(e);
      }
    }
  }

  private record Staged(ObjectName object, String path) {}

  private List<List<Staged>> byFanout(boolean commits) {
    List<List<Staged>> fanouts = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      fanouts.add(new ArrayList<>());
    }
    staged.forEach(
        (object, path) -> {
          if ((object.type() == ObjectType.COMMIT) == commits) {
            fanouts
                .get((int) (object.checksum().a() >>> 56))
                .add(new Staged(object, path.equals(SETTLED) ? loosePath(object) : path));
          }
        });
    fanouts.removeIf(List::isEmpty);
    return fanouts;
  }

  private void publish(
      ConcurrentLinkedQueue<List<Staged>> fanouts,
      LooseStore store,
      FsyncPolicy fsync,
      ConcurrentLinkedQueue<Exception> failures) {
    try {
      for (List<Staged> fanout = fanouts.poll();
          fanout != null && failures.isEmpty();
          fanout = fanouts.poll()) {
        publish(fanout, store, fsync);
      }
    } catch (IOException | RuntimeException e) {
      failures.add(e);
    }
  }

  private void publish(List<Staged> fanout, LooseStore store, FsyncPolicy fsync)
      throws IOException {
    String name = loosePath(fanout.getFirst().object()).substring(0, 2);
    Fs.mkdirIfMissing(store.descriptor(), name, 0755);
    try (Fd to = Fs.openDir(store.descriptor(), name)) {
      for (Staged file : fanout) {
        String target = loosePath(file.object()).substring(3);
        if (file.object().type() == ObjectType.COMMITMETA) {
          Fs.rename(directory, file.path(), to, target);
        } else {
          renameOrDrop(file.path(), to, target);
        }
        staged.remove(file.object());
        if (file.object().type() == ObjectType.COMMIT) {
          // It is here again, so it no longer counts as deleted.
          store.delete(new ObjectName(ObjectType.TOMBSTONE, file.object().checksum()));
        }
      }
      if (fsync != FsyncPolicy.NONE) {
        Io.fsync(to);
      }
    }
  }

  private void renameOrDrop(String path, Fd to, String name) throws IOException {
    try {
      if (!Fs.renameNoReplace(directory, path, to, name)) {
        Fs.unlink(directory, path);
      }
    } catch (PosixException e) {
      if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOSYS) {
        throw e;
      }
      // Not every file system knows the flag; the check is then a step of its own.
      if (Fs.statIfExists(to, name) != null) {
        Fs.unlink(directory, path);
      } else {
        Fs.rename(directory, path, to, name);
      }
    }
  }

  /** Whether anything is staged that {@link #publish} has not made visible. */
  boolean isEmpty() {
    return staged.isEmpty();
  }

  /** Removes what is staged from memory, because its directory is removed. */
  void forget() {
    staged.clear();
  }

  @Override
  public synchronized void close() throws IOException {
    StagingJournal kept = journal;
    if (kept != null) {
      kept.close();
      journal = null;
    }
  }
}
