package dev.coppice.transfer.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Ends reads that wait for bytes that do not come: it closes what they read from. */
final class StallWatch implements AutoCloseable {
  private static final long TICK_NANOS = 500_000_000;

  /** A read that may wait too long. */
  static final class Watched {
    private final Closeable source;
    private volatile long since;
    private volatile boolean waiting;
    private volatile boolean stalled;

    private Watched(Closeable source) {
      this.source = source;
    }

    void begin() {
      since = System.nanoTime();
      waiting = true;
    }

    void end() {
      waiting = false;
    }

    /** Whether it was ended because nothing came. */
    boolean stalled() {
      return stalled;
    }
  }

  private final Set<Watched> all = ConcurrentHashMap.newKeySet();
  private final long patience;
  private final Thread thread;
  private volatile boolean closed;

  StallWatch(Duration patience) {
    this.patience = patience.toNanos();
    this.thread = Thread.ofPlatform().daemon().name("stall-watch").start(this::run);
  }

  Watched watch(Closeable source) {
    var watched = new Watched(source);
    all.add(watched);
    return watched;
  }

  void forget(Watched watched) {
    all.remove(watched);
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(TICK_NANOS);
      long now = System.nanoTime();
      for (Watched each : all) {
        if (each.waiting && now - each.since > patience) {
          each.stalled = true;
          each.waiting = false;
          abort(each);
        }
      }
    }
  }

  private static void abort(Watched each) {
    try {
      each.source.close();
    } catch (IOException e) {
      // The reader gets the failure; closing was only to wake it.
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
