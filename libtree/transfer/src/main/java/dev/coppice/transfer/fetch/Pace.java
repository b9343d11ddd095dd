package dev.coppice.transfer.fetch;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * When a request that failed is repeated: after a time that doubles, with chance in it so that many
 * clients do not come back at the same moment, and not more often than all requests together may
 * fail. Safe for several threads.
 */
final class Pace {
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 20_000;

  /** A server that wants to be left alone for longer is not waited for. */
  private static final long PATIENCE_MILLIS = 120_000;

  /** Failures that a fetcher stands before its requests earn more: one in ten may fail. */
  private static final int BUDGET = 100;

  private static final int REQUESTS_FOR_A_RETRY = 10;

  private final int times;
  private final AtomicLong budget = new AtomicLong((long) BUDGET * REQUESTS_FOR_A_RETRY);

  /**
   * A pace.
   *
   * @param times that one request may be repeated
   */
  Pace(int times) {
    this.times = times;
  }

  /** Notes a request that went well. */
  void succeeded() {
    budget.incrementAndGet();
  }

  /**
   * Waits until a request may be repeated.
   *
   * @param failed how often it failed so far, 1 or more
   * @return false when it may not be repeated any more
   */
  boolean again(int failed, NetworkException failure) throws InterruptedIOException {
    if (failed > times || budget.addAndGet(-REQUESTS_FOR_A_RETRY) < 0) {
      return false;
    }
    long doubled = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failed - 1, 20));
    long millis = ThreadLocalRandom.current().nextLong(doubled / 2, doubled + 1);
    long wanted = failure.waitFor().map(Duration::toMillis).orElse(0L);
    if (wanted > PATIENCE_MILLIS) {
      return false;
    }
    sleep(Math.max(millis, wanted) * 1_000_000);
    return true;
  }

  static void sleep(long nanos) throws InterruptedIOException {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
      LockSupport.parkNanos(left);
    }
  }
}
