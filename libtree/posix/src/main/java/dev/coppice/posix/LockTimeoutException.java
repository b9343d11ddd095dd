package dev.coppice.posix;

import java.io.IOException;
import java.time.Duration;

/** Somebody else held a lock for longer than we were told to wait. */
public final class LockTimeoutException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Duration waited;

  LockTimeoutException(String path, Duration waited) {
    super("lock on " + path + " is held elsewhere; waited " + waited.toMillis() + " ms");
    this.waited = waited;
  }

  /** How long we waited. */
  public Duration waited() {
    return waited;
  }
}
