package dev.coppice.transfer.pull;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.ObjectVerifier;
import dev.coppice.core.tree.ObjectSet;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Brings over directories and their metadata, verified, and gathers the files that are missing.
 * Source: {@code scan_dirtree_object}.
 */
final class MetadataScan {
  private final Transaction transaction;
  private final PullSource source;
  private final List<PullSource> caches;
  private final SubpathFilter filter;
  private final Crew crew;
  private final Consumer<PullEvent> events;
  private final ObjectSet scanned = new ObjectSet();
  private final ObjectSet missingFiles = new ObjectSet();
  private final LargeObjects large = new LargeObjects();
  private final AtomicLong fetched = new AtomicLong();
  private final AtomicLong cached = new AtomicLong();
  private final AtomicLong looked = new AtomicLong();

  /** What a scan works with. */
  record Place(Transaction transaction, PullSource source, List<PullSource> caches, Crew crew) {}

  MetadataScan(Place place, SubpathFilter filter, Consumer<PullEvent> events) {
    this.transaction = place.transaction();
    this.source = place.source();
    this.caches = place.caches();
    this.crew = place.crew();
    this.filter = filter;
    this.events = events;
  }

  /** Who lets large objects in. */
  LargeObjects large() {
    return large;
  }

  /** Metadata objects that came from the source. */
  long fetched() {
    return fetched.get();
  }

  /** Metadata objects that came from local caches. */
  long cached() {
    return cached.get();
  }

  /** Files that the trees need and the repository does not have. */
  ObjectSet missingFiles() {
    return missingFiles;
  }

  /** Adds a tree to what the crew brings over. */
  void add(Checksum tree, Checksum meta) {
    crew.add(() -> meta(meta));
    crew.add(() -> directory(tree, "/"));
  }

  private void directory(Checksum checksum, String path) throws IOException {
    ObjectName name = ObjectName.dirtree(checksum);
    // Only where all of it is wanted is one directory the same as another of the same name.
    boolean whole = filter.wantsAll(path.equals("/") ? "" : path.substring(0, path.length() - 1));
    if (whole && !scanned.add(name)) {
      return;
    }
    events.accept(new PullEvent.Scanned(looked.incrementAndGet()));
    try {
      large.take(most -> enter(DirTree.decode(metadata(name, most)), path, whole));
    } catch (MalformedObjectException e) {
      throw invalid(checksum, path, new CorruptObjectException(name, e));
    } catch (TreeException e) {
      throw invalid(checksum, path, e);
    }
  }

  /** Notes what is missing of a directory, and adds those in it; returns how many these are. */
  private int enter(DirTree tree, String path, boolean whole) throws IOException {
    for (DirTree.File file : tree.files()) {
      ObjectName wanted = ObjectName.file(file.checksum());
      if ((whole || filter.wantsFile(path + file.name()))
          && !missingFiles.contains(wanted)
          && !stored(wanted)) {
        missingFiles.add(wanted);
      }
    }
    for (DirTree.Dir dir : tree.dirs()) {
      if (whole || filter.wantsDirectory(path + dir.name())) {
        crew.add(() -> meta(dir.meta()));
        crew.add(() -> directory(dir.tree(), path + dir.name() + "/"));
      }
    }
    return tree.dirs().size();
  }

  private static Failure invalid(Checksum tree, String path, TreeException cause) {
    return new Failure(
        cause.code(),
        "Validating dirtree " + tree + " (" + path + "): " + cause.getMessage(),
        cause.nextStep(),
        cause);
  }

  private void meta(Checksum checksum) throws IOException {
    ObjectName name = ObjectName.dirmeta(checksum);
    if (scanned.add(name) && !stored(name)) {
      events.accept(new PullEvent.Scanned(looked.incrementAndGet()));
      large.take(most -> metadata(name, most));
    }
  }

  /** The bytes of a dirtree or dirmeta, which is staged where it is not stored yet. */
  private byte[] metadata(ObjectName name, long maxBytes) throws IOException {
    if (stored(name)) {
      byte[] bytes = transaction.objects().loadIfExists(name);
      if (bytes == null) {
        throw new MissingObjectException(name);
      }
      return checked(name, bytes);
    }
    for (PullSource cache : caches) {
      byte[] bytes = cache.load(name, maxBytes);
      if (bytes != null) {
        cache.stage(name, checked(name, bytes));
        cached.incrementAndGet();
        return bytes;
      }
    }
    byte[] bytes = source.load(name, maxBytes);
    if (bytes == null) {
      throw new MissingObjectException(name);
    }
    source.stage(name, checked(name, bytes));
    fetched.incrementAndGet();
    return bytes;
  }

  /** Checks that bytes are those of an object, and of the form of its type. */
  static byte[] checked(ObjectName name, byte[] bytes) {
    Checksum actual = Checksum.sha256(bytes);
    if (!actual.equals(name.checksum())) {
      throw new CorruptObjectException(name, actual);
    }
    try {
      ObjectVerifier.checkForm(name.type(), bytes);
    } catch (MalformedObjectException e) {
      throw new CorruptObjectException(name, e);
    }
    return bytes;
  }

  private boolean stored(ObjectName name) throws IOException {
    return stored(transaction, name);
  }

  /** Whether the destination, its parents included, has an object. */
  static boolean stored(Transaction transaction, ObjectName name) throws IOException {
    Repo repo = transaction.repo();
    return transaction.has(name) || (repo.parent().isPresent() && repo.objects().has(name));
  }

  /** Notes a commit that came from the source or a cache. */
  void countCommit(ObjectType type, boolean fromCache) {
    if (type == ObjectType.COMMIT) {
      (fromCache ? cached : fetched).incrementAndGet();
      events.accept(new PullEvent.Scanned(looked.incrementAndGet()));
    }
  }
}
