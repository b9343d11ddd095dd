package dev.coppice.core.commit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what is done, and tells it every now and then. For several threads. */
final class Progress {
  /** Files between two events. */
  private static final int EVERY = 64;

  private final Consumer<CommitEvent> consumer;
  private final AtomicLong found = new AtomicLong();
  private final AtomicLong links = new AtomicLong();
  private long files;
  private long bytes;
  private long told;

  Progress(Consumer<CommitEvent> consumer) {
    this.consumer = consumer;
  }

  void found(int count) {
    found.addAndGet(count);
  }

  void linkRecognised() {
    links.incrementAndGet();
  }

  long linksRecognised() {
    return links.get();
  }

  synchronized void done(int count, long size) {
    files += count;
    bytes += size;
    if (files - told >= EVERY) {
      told = files;
      consumer.accept(new CommitEvent.Advanced(files, found.get(), bytes));
    }
  }

  synchronized void tell(CommitEvent event) {
    consumer.accept(event);
  }
}
