package dev.coppice.core.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure with a stable code, a cause in words, the place and the next step.
 *
 * <p>Subclasses carry the data of one broken check; {@link Failure} serves where there is nothing
 * to carry.
 */
public abstract class TreeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String nextStep;

  /**
   * @param message one sentence without a full stop that names the cause and the place
   * @param nextStep what the user can do, or empty when nothing sensible can be said
   */
  protected TreeException(
      ErrorCode code, String message, String nextStep, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.nextStep = nextStep;
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** What the user can do next; empty when there is nothing sensible to say. */
  public String nextStep() {
    return nextStep;
  }

  /** The message, never null. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? code.id() : message;
  }
}
