package dev.coppice.transfer.delta;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;

/**
 * A static delta that is not as it must be. The code says which check failed, the message where.
 * Nothing that came of the delta was stored but objects that were verified.
 */
public final class DeltaException extends TreeException {
  private static final long serialVersionUID = 1L;

  private static final String NEXT =
      "Pull with --disable-static-deltas to fetch the objects one by one, and tell the publisher to"
          + " make the delta anew ('static-delta generate').";

  /** A failed check. */
  public DeltaException(ErrorCode code, String message) {
    super(code, message, NEXT, null);
  }

  /** A failed check that another exception tells more of. */
  public DeltaException(ErrorCode code, String message, Throwable cause) {
    super(code, message, NEXT, cause);
  }

  /** Bytes that are not of the form that they must have. */
  public static DeltaException malformed(String what) {
    return new DeltaException(ErrorCode.DELTA_MALFORMED, what);
  }

  /** This failure with the place where it happened in front. */
  public DeltaException in(String place) {
    return new DeltaException(code(), place + ": " + getMessage(), this);
  }
}
