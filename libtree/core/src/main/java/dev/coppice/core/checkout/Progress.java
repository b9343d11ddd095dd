package dev.coppice.core.checkout;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts what is done, and tells it every now and then. For several threads. */
final class Progress {
  /** Files between two events. */
  private static final int EVERY = 64;

  private final Consumer<CheckoutEvent> consumer;
  private final LongAdder bytes = new LongAdder();
  private long files;
  private long told;

  Progress(Consumer<CheckoutEvent> consumer) {
    this.consumer = consumer;
  }

  void copied(long size) {
    bytes.add(size);
  }

  synchronized void done() {
    files++;
    if (files - told >= EVERY) {
      tell();
    }
  }

  /** Tells what has not been told. */
  synchronized void complete() {
    if (files > told) {
      tell();
    }
  }

  private void tell() {
    told = files;
    consumer.accept(new CheckoutEvent.Advanced(files, bytes.sum()));
  }
}
