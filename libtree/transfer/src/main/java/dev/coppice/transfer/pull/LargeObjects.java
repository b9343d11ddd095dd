package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets large metadata objects in one after another. They are held in memory as a whole and may have
 * {@link PullSource#MAX_METADATA} bytes: a server that offers such on all connections at once would
 * take more than the heap. Most objects have some hundred bytes and are not held up.
 */
final class LargeObjects {
  /** What every thread may hold at any time. A directory of 15,000 files comes to it. */
  static final long SMALL = 1L << 20;

  private final ReentrantLock turn = new ReentrantLock();

  /** Loads objects and does all that needs their bytes. */
  interface Work<T> {
    /**
     * Does it; begins anew when it was refused with less.
     *
     * @param maxBytes for each object that is loaded
     */
    T run(long maxBytes) throws IOException;
  }

  /** Does work on objects: at once while they are small, otherwise when its turn comes. */
  <T> T take(Work<T> work) throws IOException {
    try {
      return work.run(SMALL);
    } catch (TreeException e) {
      if (e.code() != ErrorCode.RESPONSE_TOO_LARGE) {
        throw e;
      }
    }
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    try {
      return work.run(PullSource.MAX_METADATA);
    } finally {
      turn.unlock();
    }
  }
}
