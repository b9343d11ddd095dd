package dev.coppice.core.commit;

import dev.coppice.core.io.Workers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A few platform threads that take jobs from a bounded queue: system calls through {@code
 * java.lang.foreign} pin their carrier, so virtual threads would gain nothing here.
 *
 * <p>Large jobs are taken first, so that the last one does not keep one processor busy while the
 * others have nothing left. Of several failures the one of the earliest job counts. Jobs are
 * submitted and awaited by one thread.
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
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final ArrayDeque<Queued> small = new ArrayDeque<>();
  private final PriorityQueue<Queued> large =
      new PriorityQueue<>(
          Comparator.comparingLong(Queued::weight).reversed().thenComparingLong(Queued::number));
  private long submitted;
  private int waiting;
  private int running;
  private int idle;
  private boolean closed;

  /** What the submitting thread waits for, or null while it does not wait. */
  private @Nullable BooleanSupplier wanted;

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

  /**
   * Adds a job, waiting while the queue is full.
   *
   * @param weight bytes that it will read
   * @param entries what it takes of the queue's capacity
   * @throws IOException or another failure of an earlier job
   */
  void submit(Job job, long weight, int entries) throws IOException {
    lock.lock();
    try {
      if (waiting > 0 && waiting + entries > capacity) {
        // Waits for half of it: threads that wake each other for every job get nothing done.
        waitUntil(() -> waiting <= capacity / 2);
      }
      throwFailure();
      var queued = new Queued(submitted++, weight, entries, job);
      if (weight >= LARGE) {
        large.add(queued);
      } else {
        small.add(queued);
      }
      waiting += entries;
      if (idle > 0) {
        work.signal();
      }
    } catch (IOException | RuntimeException e) {
      job.release();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all jobs are done, and passes on the first failure. */
  void await() throws IOException {
    awaitRoom(() -> false);
  }

  /** Waits until there is room for something that jobs give back, or no job is left to do so. */
  void awaitRoom(BooleanSupplier room) throws IOException {
    lock.lock();
    try {
      waitUntil(() -> room.getAsBoolean() || (waiting == 0 && running == 0));
      throwFailure();
    } finally {
      lock.unlock();
    }
  }

  private void waitUntil(BooleanSupplier condition) throws IOException {
    try {
      while (failure == null && !condition.getAsBoolean()) {
        wanted = condition;
        progress.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while committing");
    } finally {
      wanted = null;
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

  private @Nullable Queued take() {
    lock.lock();
    try {
      while (true) {
        Queued next = large.isEmpty() ? small.poll() : large.poll();
        if (next != null) {
          waiting -= next.entries;
          running++;
          return next;
        }
        if (closed) {
          return null;
        }
        idle++;
        work.awaitUninterruptibly();
        idle--;
      }
    } finally {
      lock.unlock();
    }
  }

  private void done(Queued job, @Nullable Throwable thrown) {
    lock.lock();
    try {
      running--;
      if (thrown != null && job.number < failedNumber) {
        failedNumber = job.number;
        failure = thrown;
      }
      BooleanSupplier condition = wanted;
      if (condition != null && (failure != null || condition.getAsBoolean())) {
        progress.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Drops what still waits and ends the threads. */
  @Override
  public void close() throws IOException {
    List<Queued> dropped = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      dropped.addAll(small);
      dropped.addAll(large);
      small.clear();
      large.clear();
      waiting = 0;
      work.signalAll();
    } finally {
      lock.unlock();
    }
    for (Queued job : dropped) {
      job.job.release();
    }
    Workers.joinAll(threads);
  }
}
