package dev.coppice.transfer.pull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Work that finds more work, on virtual threads that mostly wait for the network.
 *
 * <p>The newest piece is taken first, so that a tree is walked in depth and few pieces wait. After
 * the first failure nothing new is started, what runs is interrupted, and the failure is thrown.
 */
final class Crew {
  /** One piece of work. */
  interface Piece {
    /** Does it; may add more to the crew. */
    void run() throws IOException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Piece> waiting = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private final int size;
  private int running;
  private @Nullable Throwable failure;

  /** A crew of so many threads. */
  Crew(int size) {
    this.size = size;
  }

  /** Adds a piece of work. */
  void add(Piece piece) {
    lock.lock();
    try {
      waiting.push(piece);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Works until nothing is left, neither waiting nor running. */
  void work() throws IOException {
    for (int i = 0; i < size; i++) {
      threads.add(Thread.ofVirtual().name("pull-" + i).unstarted(this::loop));
    }
    threads.forEach(Thread::start);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          fail(new InterruptedIOException("interrupted"));
        }
      }
    }
    threads.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private void loop() {
    for (Piece piece = next(); piece != null; piece = next()) {
      try {
        piece.run();
      } catch (IOException | RuntimeException | Error e) {
        fail(e);
      } finally {
        done();
      }
    }
  }

  /** The next piece; null when there will be none. */
  private @Nullable Piece next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && running > 0 && failure == null) {
        changed.awaitUninterruptibly();
      }
      if (waiting.isEmpty() || failure != null) {
        return null;
      }
      running++;
      return waiting.pop();
    } finally {
      lock.unlock();
    }
  }

  private void done() {
    lock.lock();
    try {
      running--;
      if (running == 0 && waiting.isEmpty()) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The first failure counts; those that follow are its echo. */
  private void fail(Throwable thrown) {
    lock.lock();
    try {
      if (failure != null) {
        return;
      }
      failure = thrown;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    for (Thread thread : threads) {
      if (!thread.equals(Thread.currentThread())) {
        thread.interrupt();
      }
    }
  }
}
