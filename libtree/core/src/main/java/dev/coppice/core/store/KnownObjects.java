package dev.coppice.core.store;

import dev.coppice.core.object.ObjectName;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Whether a store has objects, for who asks about thousands: the names of a directory are read at
 * once after a few questions about it, instead of one system call for each. What was there stays
 * known, so nobody may remove objects meanwhile - the repository's lock sees to that; what was not
 * is looked for again each time. Safe for several threads.
 */
final class KnownObjects {
  private static final int FANOUTS = 256;

  /** Questions about a directory until its names are read; a directory has some hundred. */
  private static final int ASKED = 16;

  /** Bytes of the largest directory that is read: about a thousand names. */
  private static final long LARGEST = 64 << 10;

  private final LooseStore store;
  private final AtomicIntegerArray asked = new AtomicIntegerArray(FANOUTS);
  private final AtomicReferenceArray<Set<ObjectName>> known = new AtomicReferenceArray<>(FANOUTS);

  /** What is known of a store, which stays the caller's. */
  KnownObjects(LooseStore store) {
    this.store = store;
  }

  /** Whether the object is stored. */
  boolean has(ObjectName name) throws IOException {
    int fanout = (int) (name.checksum().a() >>> (Long.SIZE - Byte.SIZE));
    Set<ObjectName> names = known.get(fanout);
    if (names == null && asked.incrementAndGet(fanout) == ASKED) {
      names = list(fanout);
      known.set(fanout, names);
    }
    return (names != null && names.contains(name)) || store.has(name);
  }

  private Set<ObjectName> list(int fanout) throws IOException {
    FileStat directory = Fs.statIfExists(store.descriptor(), RepoLayout.fanout(fanout));
    if (directory == null || directory.size() > LARGEST) {
      return Set.of();
    }
    var names = new HashSet<ObjectName>();
    store.listFanout(fanout, names::add);
    return names;
  }
}
