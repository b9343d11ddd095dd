package dev.coppice.cli.console;

/** Turns totals, which events tell, into the increments that {@link Progress} takes. */
public final class RunningTotals {
  private final Progress progress;
  private long items;
  private long bytes;

  /** Starts at zero, as the current phase does. */
  public RunningTotals(Progress progress) {
    this.progress = progress;
  }

  /**
   * Shows totals. For one thread at a time.
   *
   * @param items done so far
   * @param bytes done so far
   */
  public void show(long items, long bytes) {
    progress.advance(items - this.items);
    progress.bytes(bytes - this.bytes);
    this.items = items;
    this.bytes = bytes;
  }
}
