package dev.coppice.cli.console;

import java.io.IOException;

/** Writing to standard output or standard error failed; kept apart from failures of the work. */
public final class OutputException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Wraps the failure of the underlying stream. */
  public OutputException(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** Whether the reader went away, as in {@code coppice log REF | head}: not an error to report. */
  public boolean isBrokenPipe() {
    String message = getMessage();
    // The JDK gives no errno here; under LC_ALL=C.UTF-8 the C library's text is fixed.
    return message != null && (message.contains("Broken pipe") || message.contains("closed"));
  }
}
