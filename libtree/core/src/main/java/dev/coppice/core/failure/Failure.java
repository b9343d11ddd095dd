package dev.coppice.core.failure;

/** A failure that carries no more than its code, message and next step. */
public final class Failure extends TreeException {
  private static final long serialVersionUID = 1L;

  /** A failure with a next step. */
  public Failure(ErrorCode code, String message, String nextStep) {
    super(code, message, nextStep, null);
  }

  /** A failure after which nothing sensible can be advised. */
  public Failure(ErrorCode code, String message) {
    this(code, message, "");
  }

  /** A failure caused by another exception. */
  public Failure(ErrorCode code, String message, String nextStep, Throwable cause) {
    super(code, message, nextStep, cause);
  }
}
