package dev.coppice.cli.frame;

/**
 * The arguments are wrong. Printed as ostree does: a usage text on standard error when the command
 * was called in the wrong shape, then the message.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean withUsage;

  private UsageException(String message, boolean withUsage) {
    super(message);
    this.withUsage = withUsage;
  }

  /** An argument is missing or one too many: the usage text helps. */
  public static UsageException withUsage(String message) {
    return new UsageException(message, true);
  }

  /** One option is unknown or its value is bad: the message says it all. */
  public static UsageException messageOnly(String message) {
    return new UsageException(message, false);
  }

  /** Whether the usage text is printed before the message. */
  public boolean showsUsage() {
    return withUsage;
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
