package dev.coppice.core.commit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A few platform threads that take jobs from a bounded queue: system calls through {@code
 * java.lang.foreign} pin their carrier, so virtual threads would gain nothing here.
 *
 * <p>Large jobs are taken first, so that the last one does not keep one processor busy while the
 * others have nothing left. Of several failures the one of the earliest job counts.
 */
final class WorkPool implements AutoCloseable {
  /** One unit of work. */
  interface Job {
    void run() throws IOException;

    /** Gives back what the job holds; called in any case, also when it does not run. */
    default void release() throws IOException {}
  }

  /** From here on a job is large. */
  private static final long LARGE = 2 << 20;

  private record Queued(long number, long weight, int entries, Job job) {}

  private final int capacity;
  private final List<Thread> threads = new ArrayList<>();
  private final ArrayDeque<Queued> small = new ArrayDeque<>();
  private final PriorityQueue<Queued> large =
      new PriorityQueue<>(
          Comparator.comparingLong(Queued::weight).reversed().thenComparingLong(Queued::number));
  private long submitted;
  private int waiting;
  private int running;
  private boolean closed;
  private long failedNumber = Long.MAX_VALUE;
  private @Nullable Throwable failure;

  /**
   * @param capacity entries that may wait at the same time
   */
  WorkPool(int size, int capacity) {
    this.capacity = capacity;
    for (int i = 0; i < size; i++) {
      threads.add(Thread.ofPlatform().daemon().name("commit-" + i).start(this::work));
    }
  }

  /** How many threads there are. */
  int size() {
    return threads.size();
  }

  /**
   * Adds a job, waiting while the queue is full.
   *
   * @param weight bytes that it will read
   * @param entries what it takes of the queue's capacity
   * @throws IOException or another failure of an earlier job
   */
  void submit(Job job, long weight, int entries) throws IOException {
    try {
      synchronized (this) {
        while (failure == null && waiting + entries > capacity && waiting > 0) {
          uninterruptedWait();
        }
        throwFailure();
        var queued = new Queued(submitted++, weight, entries, job);
        if (weight >= LARGE) {
          large.add(queued);
        } else {
          small.add(queued);
        }
        waiting += entries;
        notifyAll();
      }
    } catch (IOException | RuntimeException e) {
      job.release();
      throw e;
    }
  }

  /** Waits until all jobs are done, and passes on the first failure. */
  synchronized void await() throws IOException {
    while (failure == null && (waiting > 0 || running > 0)) {
      uninterruptedWait();
    }
    throwFailure();
  }

  /** Waits until there is room for something that jobs give back, or no job is left to do so. */
  synchronized void awaitRoom(BooleanSupplier room) throws IOException {
    while (failure == null && !room.getAsBoolean() && (waiting > 0 || running > 0)) {
      uninterruptedWait();
    }
    throwFailure();
  }

  private void uninterruptedWait() throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while committing");
    }
  }

  private void throwFailure() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private void work() {
    for (Queued next = take(); next != null; next = take()) {
      Throwable thrown = null;
      try {
        run(next.job);
      } catch (Throwable e) {
        thrown = e;
      }
      done(next, thrown);
    }
  }

  private static void run(Job job) throws IOException {
    try {
      job.run();
    } finally {
      job.release();
    }
  }

  private synchronized @Nullable Queued take() {
    while (true) {
      Queued next = large.isEmpty() ? small.poll() : large.poll();
      if (next != null) {
        waiting -= next.entries;
        running++;
        notifyAll();
        return next;
      }
      if (closed) {
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        return null;
      }
    }
  }

  private synchronized void done(Queued job, @Nullable Throwable thrown) {
    running--;
    if (thrown != null && job.number < failedNumber) {
      failedNumber = job.number;
      failure = thrown;
    }
    notifyAll();
  }

  /** Drops what still waits and ends the threads. */
  @Override
  public void close() throws IOException {
    List<Queued> dropped = new ArrayList<>();
    synchronized (this) {
      closed = true;
      dropped.addAll(small);
      dropped.addAll(large);
      small.clear();
      large.clear();
      waiting = 0;
      notifyAll();
    }
    for (Queued job : dropped) {
      job.job.release();
    }
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
}
