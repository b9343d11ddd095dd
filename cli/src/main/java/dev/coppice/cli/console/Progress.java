package dev.coppice.cli.console;

import java.util.function.LongSupplier;

/**
 * How far long work has come. Safe for use by several threads; calls are cheap enough for once a
 * file. Closing ends the display and leaves the terminal as it was.
 */
public interface Progress extends AutoCloseable {
  /** Starts a phase, such as {@code Writing objects}; counters start again at zero. */
  void phase(String name);

  /** How many items the phase has, once that is known. */
  void total(long items);

  /** This many more items are done. */
  void advance(long items);

  /** This many more bytes are done. */
  void bytes(long bytes);

  /** How many bytes the phase has, once that is known: the time left is told by them then. */
  default void totalBytes(long bytes) {}

  /**
   * Bytes of the phase are counted elsewhere, for example by what fetches them.
   *
   * @param counter all bytes so far, those of earlier phases included; any thread may ask
   */
  default void bytesFrom(LongSupplier counter) {}

  @Override
  void close();

  /** Progress that nobody sees. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void phase(String name) {}

      @Override
      public void total(long items) {}

      @Override
      public void advance(long items) {}

      @Override
      public void bytes(long bytes) {}

      @Override
      public void close() {}
    };
  }
}
