package dev.coppice.reposerver.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Small files in memory, up to a number of bytes. What was asked for since it last came up for
 * removal stays (second chance).
 */
final class EntityCache {
  /** About what an entry takes beside its body: path, headers, tables. */
  private static final long OVERHEAD = 1024;

  private final long capacity;
  private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();
  private final Queue<Slot> order = new ArrayDeque<>();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder hits = new LongAdder();

  /** One entity and when it was last known to be the one on disk. */
  static final class Slot {
    private final String path;
    private final Entity entity;
    private volatile long checkedNanos;
    private volatile boolean used;

    Slot(String path, Entity entity, long nowNanos) {
      this.path = path;
      this.entity = entity;
      this.checkedNanos = nowNanos;
    }

    Entity entity() {
      return entity;
    }

    /** Whether the file was looked at less than {@code nanos} ago. */
    boolean isFresh(long nowNanos, long nanos) {
      return nowNanos - checkedNanos < nanos;
    }

    /** Notes that the file on disk is still this one. */
    void confirm(long nowNanos) {
      checkedNanos = nowNanos;
    }

    private long cost() {
      byte[] body = entity.body();
      return OVERHEAD + (body == null ? 0 : body.length);
    }
  }

  /**
   * @param capacity bytes to use at most; 0 keeps nothing
   */
  EntityCache(long capacity) {
    this.capacity = capacity;
  }

  /** What is kept under a path. */
  @Nullable Slot find(String path) {
    Slot slot = slots.get(path);
    if (slot != null && !slot.used) {
      slot.used = true;
    }
    return slot;
  }

  /** Keeps an entity in place of what was there under its path. */
  void put(String path, Entity entity, long nowNanos) {
    var slot = new Slot(path, entity, nowNanos);
    if (slot.cost() > capacity) {
      return;
    }
    synchronized (order) {
      remove(path);
      slots.put(path, slot);
      order.add(slot);
      bytes.add(slot.cost());
      while (bytes.sum() > capacity) {
        evictOne();
      }
    }
  }

  /** Forgets a file that is gone. */
  void forget(String path) {
    synchronized (order) {
      remove(path);
    }
  }

  /** Notes that a request was answered without looking at the disk. */
  void hit() {
    hits.increment();
  }

  /** How often that was so. */
  long hits() {
    return hits.sum();
  }

  /** Bytes in use. */
  long bytes() {
    return bytes.sum();
  }

  /** Number of entities. */
  int size() {
    return slots.size();
  }

  private void remove(String path) {
    Slot old = slots.remove(path);
    if (old != null) {
      bytes.add(-old.cost()); // its place in the order goes when it comes up
    }
  }

  private void evictOne() {
    Slot eldest = order.remove();
    if (slots.get(eldest.path) != eldest) {
      return; // removed or replaced since
    }
    if (eldest.used) {
      eldest.used = false;
      order.add(eldest);
    } else {
      remove(eldest.path);
    }
  }
}
