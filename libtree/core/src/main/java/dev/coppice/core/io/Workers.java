package dev.coppice.core.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Numbered pieces of work on a few platform threads, as many as there are processors. System calls
 * pin carriers of virtual threads, so more threads would not help.
 */
public final class Workers {
  /** More do not pay: the disk is the limit then. */
  private static final int MOST = 8;

  /** One piece of work. */
  public interface Piece {
    /** Does the piece of this number, 0 or more. */
    void run(int number) throws IOException;
  }

  private final int count;
  private final Piece piece;
  private final AtomicInteger next = new AtomicInteger();
  private int failed = Integer.MAX_VALUE;
  private @Nullable Throwable failure;

  private Workers(int count, Piece piece) {
    this.count = count;
    this.piece = piece;
  }

  /** Number of threads that {@link #each} uses at most. */
  public static int threads() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST);
  }

  /**
   * Does all pieces, which start in the order of their numbers.
   *
   * <p>When one fails, no more are started, those that run are awaited, and the failure of the
   * lowest number is thrown: it is the same one whatever the timing.
   */
  public static void each(int count, Piece piece) throws IOException {
    each(threads(), count, piece);
  }

  /**
   * As {@link #each(int, Piece)}, on another number of threads.
   *
   * @param most threads at a time
   */
  public static void each(int most, int count, Piece piece) throws IOException {
    int threads = Math.min(most, count);
    var workers = new Workers(count, piece);
    if (threads <= 1) {
      workers.work();
    } else {
      workers.workOn(threads);
    }
    workers.rethrow();
  }

  /** Waits for threads to end; an interrupt does not cut that short, but is kept. */
  public static void joinAll(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void workOn(int threads) throws InterruptedIOException {
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      started.add(Thread.ofPlatform().name("worker-" + i).start(this::work));
    }
    boolean interrupted = false;
    for (Thread thread : started) {
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          // What runs is short; its threads must not outlive what they work on.
          next.set(count);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void work() {
    for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
      try {
        piece.run(number);
      } catch (IOException | RuntimeException | Error e) {
        next.set(count);
        remember(number, e);
      }
    }
  }

  private synchronized void remember(int number, Throwable thrown) {
    if (number < failed) {
      failed = number;
      failure = thrown;
    }
  }

  private synchronized void rethrow() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
