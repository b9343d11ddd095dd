package dev.coppice.cli.console;

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
