package dev.coppice.transfer.fetch;

import java.io.InterruptedIOException;

/** Keeps all bodies together below a number of bytes a second. Safe for several threads. */
final class Throttle {
  private static final double NANOS = 1e9;

  private final long bytesPerSecond;
  private long next = System.nanoTime();

  /** A throttle; 0: it lets everything through. */
  Throttle(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Most bytes that are read at once, so that the flow is even. */
  int portion(int wanted) {
    return bytesPerSecond == 0 ? wanted : Math.clamp(bytesPerSecond / 10, 1, Math.max(1, wanted));
  }

  /** Waits until bytes that came were due. */
  void passed(int bytes) throws InterruptedIOException {
    if (bytesPerSecond == 0) {
      return;
    }
    long due;
    long now = System.nanoTime();
    synchronized (this) {
      next = Math.max(next, now) + (long) (bytes * NANOS / bytesPerSecond);
      due = next;
    }
    Pace.sleep(due - now);
  }
}
