package dev.coppice.core.fsck;

import dev.coppice.core.fsck.Finding.Kind;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.ObjectVerifier;
import dev.coppice.core.tree.ObjectSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Verifies sets of objects on several threads. */
final class ObjectCheck implements AutoCloseable {
  private static final int FANOUTS = 256;

  /**
   * What is wrong with an object.
   *
   * @param detail empty when the object is missing
   */
  record Damage(Kind kind, String detail) {}

  private final Repo repo;
  private final Consumer<FsckEvent> events;
  private final ConcurrentLinkedQueue<ObjectVerifier> verifiers = new ConcurrentLinkedQueue<>();
  private final SortedMap<ObjectName, Damage> damaged = new TreeMap<>();
  private long done;

  ObjectCheck(Repo repo, Consumer<FsckEvent> events) {
    this.repo = repo;
    this.events = events;
  }

  /** Verifies all objects of a set; returns what is damaged, in the order of names. */
  SortedMap<ObjectName, Damage> check(ObjectSet objects) throws IOException {
    long total = objects.size();
    Workers.each(
        FANOUTS,
        number -> {
          List<ObjectName> names = new ArrayList<>();
          objects.forEach(number, names::add);
          ObjectVerifier verifier = borrow();
          try {
            for (ObjectName name : names) {
              verify(verifier, name, total);
            }
          } finally {
            verifiers.add(verifier);
          }
        });
    return damaged;
  }

  /** Verifies one object; returns null when it is in order. */
  @Nullable Damage checkOne(ObjectName name) throws IOException {
    ObjectVerifier verifier = borrow();
    try {
      verifier.verify(name);
      return null;
    } catch (MissingObjectException e) {
      return new Damage(Kind.MISSING, "");
    } catch (CorruptObjectException e) {
      return new Damage(Kind.CORRUPT, Wording.of(e));
    } finally {
      verifiers.add(verifier);
    }
  }

  private ObjectVerifier borrow() {
    ObjectVerifier verifier = verifiers.poll();
    return verifier == null ? new ObjectVerifier(repo.stores()) : verifier;
  }

  private void verify(ObjectVerifier verifier, ObjectName name, long total) throws IOException {
    try {
      verified(verifier.verify(name), total);
    } catch (MissingObjectException e) {
      found(name, new Damage(Kind.MISSING, ""), total);
    } catch (CorruptObjectException e) {
      // What it says about another object - split attributes - is damage of this one as well.
      found(name, new Damage(Kind.CORRUPT, Wording.of(e)), total);
    }
  }

  private synchronized void verified(long bytes, long total) {
    done++;
    events.accept(new FsckEvent.Verified(done, total, bytes));
  }

  private synchronized void found(ObjectName name, Damage damage, long total) {
    damaged.put(name, damage);
    verified(0, total);
  }

  @Override
  public void close() {
    for (ObjectVerifier verifier = verifiers.poll();
        verifier != null;
        verifier = verifiers.poll()) {
      verifier.close();
    }
  }
}
