package dev.coppice.cli.console;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * One line at the bottom of a terminal, redrawn a few times a second by a thread of its own and
 * removed at the end.
 *
 * <p>Work that is over before the first redraw shows nothing. A redraw is one write that starts
 * with a carriage return and ends with "clear to end of line", so there is no moment at which the
 * line is empty: it does not flicker.
 */
public final class ProgressBar implements Progress {
  private static final long FIRST_MILLIS = 300;

  /** Time between two redraws, in milliseconds. */
  public static final long EVERY_MILLIS = 120;

  private final Output err;
  private final Terminal terminal;
  private final long everyMillis;
  private final Thread painter;

  /** The state of a phase; a new object for each, so that late calls never mix two phases. */
  private static final class Phase {
    final String name;
    final long start = System.nanoTime();
    final LongAdder done = new LongAdder();
    final LongAdder bytes = new LongAdder();
    volatile long total;
    volatile long totalBytes;
    volatile LongSupplier source = bytes::sum;

    Phase(String name) {
      this.name = name;
    }

    String line(int width) {
      var items = new ProgressLine.Count(done.sum(), total);
      var size = new ProgressLine.Count(source.getAsLong(), totalBytes);
      return new ProgressLine(name, items, size, System.nanoTime() - start).render(width);
    }
  }

  private volatile Phase phase = new Phase("");
  private boolean drawn;

  /** Starts drawing on the console's standard error, which must be a terminal. */
  public ProgressBar(Console console) {
    this(console, EVERY_MILLIS);
  }

  /** The same, with another time between two redraws. */
  public ProgressBar(Console console, long everyMillis) {
    this.everyMillis = everyMillis;
    this.err = console.err();
    this.terminal = console.terminal();
    this.painter = Thread.ofPlatform().daemon().name("progress").start(this::paint);
  }

  @Override
  public void phase(String name) {
    phase = new Phase(name);
  }

  @Override
  public void total(long items) {
    phase.total = items;
  }

  @Override
  public void advance(long items) {
    phase.done.add(items);
  }

  @Override
  public void bytes(long bytes) {
    phase.bytes.add(bytes);
  }

  @Override
  public void totalBytes(long bytes) {
    phase.totalBytes = bytes;
  }

  @Override
  public void bytesFrom(LongSupplier counter) {
    long before = counter.getAsLong();
    phase.source = () -> counter.getAsLong() - before;
  }

  @Override
  public void close() {
    painter.interrupt();
    boolean interrupted = false;
    while (painter.isAlive()) {
      try {
        painter.join();
      } catch (InterruptedException e) {
        interrupted = true; // the painter ends at once; the caller hears of it below
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void paint() {
    try {
      Thread.sleep(FIRST_MILLIS);
      while (true) {
        // One column stays free: some terminals wrap when the last one is written.
        show("\r" + phase.line(terminal.width() - 1) + "\u001b[K");
        drawn = true;
        Thread.sleep(everyMillis);
      }
    } catch (InterruptedException e) {
      if (drawn) {
        show("\r\u001b[K");
      }
    }
  }

  private void show(String text) {
    try {
      synchronized (err) {
        err.print(text);
        err.flush();
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      // The terminal went away. The work itself goes on and reports its own errors.
      painter.interrupt();
    }
  }
}
