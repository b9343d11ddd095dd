package dev.coppice.transfer.delta.generate;

import java.util.concurrent.Semaphore;

/**
 * Lets as many parts be made at once as there is memory for. A part that needs more than there is
 * in all is made alone.
 */
final class MemoryBudget {
  /** What trees, names and the program itself take. */
  private static final long BASE = 64L << 20;

  private static final int UNIT = 1 << 10;

  private final int units;
  private final Semaphore free;

  /** Ends the use of memory. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }

  private MemoryBudget(long bytes) {
    this.units = (int) Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
    this.free = new Semaphore(units, true);
  }

  /** The heap of this JVM. */
  static MemoryBudget ofHeap() {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() - BASE);
  }

  /** Waits until there is so much. */
  Share take(long bytes) {
    int wanted = (int) Math.clamp(bytes / UNIT, 1, units);
    free.acquireUninterruptibly(wanted);
    return () -> free.release(wanted);
  }
}
