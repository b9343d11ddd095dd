package dev.coppice.cli.frame;

/** All exit codes, in one table. ostree itself knows 0 and 1 only. */
public final class ExitCodes {
  /** Done. */
  public static final int OK = 0;

  /** An error was printed; also usage errors and unknown commands, as with ostree. */
  public static final int FAILED = 1;

  /** An error inside Coppice itself (EX_SOFTWARE of sysexits.h): a defect to report. */
  public static final int DEFECT = 70;

  /** Nothing changed, where a command was asked to tell so (rpm-ostree's code). */
  public static final int UNCHANGED = 77;

  /** An external command was found but could not be started (POSIX shell). */
  public static final int NOT_EXECUTABLE = 126;

  /** Ended by SIGINT: 128 plus the signal's number (POSIX shell). */
  public static final int INTERRUPTED = 130;

  /** The reader of standard output went away: 128 plus SIGPIPE, what ostree's end looks like. */
  public static final int BROKEN_PIPE = 141;

  private ExitCodes() {}
}
