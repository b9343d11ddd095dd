package dev.coppice.transfer.fetch;

import java.io.InterruptedIOException;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests run at the same time. It starts with what ostree allows, and opens further
 * where servers take long to answer: then requests mostly wait, and more of them cost nobody
 * anything.
 */
final class Gate {
  /** As many as ostree has. Source: {@code max-outstanding-fetcher-requests}. */
  private static final int FIRST = 8;

  /** More connections than this one client does not ask of one server. */
  private static final int MOST = 48;

  /** An answer that is there sooner comes from close by. */
  private static final long CLOSE_NANOS = 4_000_000;

  /** Answers from far away after which one more request may run. */
  private static final int SLOW_ANSWERS = 2;

  private final Semaphore permits;
  private final AtomicInteger width;
  private final int most;
  private final AtomicInteger slow = new AtomicInteger();

  /**
   * A gate.
   *
   * @param fixed a number that does not change; empty: it finds out
   */
  Gate(OptionalInt fixed) {
    this.most = fixed.orElse(MOST);
    this.width = new AtomicInteger(Math.min(most, fixed.orElse(FIRST)));
    this.permits = new Semaphore(width.get());
  }

  /** Most requests that may ever run at the same time. */
  int most() {
    return most;
  }

  void enter() throws InterruptedIOException {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  void leave() {
    permits.release();
  }

  /** Notes how long the headers of an answer took. */
  void answered(long nanos) {
    if (nanos < CLOSE_NANOS || width.get() >= most) {
      return;
    }
    if (slow.incrementAndGet() % SLOW_ANSWERS == 0 && width.incrementAndGet() <= most) {
      permits.release();
    }
  }
}
