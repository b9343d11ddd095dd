package dev.coppice.transfer.publish;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Numbered pieces of work that mostly wait for others, on a few virtual threads. After the first
 * failure nothing new is started; the failure is thrown when all that ran has ended.
 */
public final class Lanes {
  /** One piece of work. */
  public interface Piece {
    /** Does the piece of this number, 0 or more. */
    void run(int number) throws IOException;
  }

  private Lanes() {}

  /** Does all pieces, so many at a time. */
  public static void each(int width, int count, Piece piece) throws IOException {
    var next = new AtomicInteger();
    var failure = new AtomicReference<@Nullable Throwable>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(width, count); i++) {
      threads.add(
          Thread.ofVirtual()
              .name("publish-" + i)
              .start(
                  () -> {
                    for (int number = next.getAndIncrement();
                        number < count && failure.get() == null;
                        number = next.getAndIncrement()) {
                      try {
                        piece.run(number);
                      } catch (IOException | RuntimeException | Error e) {
                        failure.compareAndSet(null, e);
                      }
                    }
                  }));
    }
    join(threads, failure);
    rethrow(failure.get());
  }

  private static void join(List<Thread> threads, AtomicReference<@Nullable Throwable> failure) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          failure.compareAndSet(null, new InterruptedIOException("interrupted"));
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rethrow(@Nullable Throwable failure) throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
