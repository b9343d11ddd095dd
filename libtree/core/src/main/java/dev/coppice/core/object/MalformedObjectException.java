package dev.coppice.core.object;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;

/**
 * Bytes that are not a valid object of their type. Thrown by codecs, which do not know the object's
 * name; stores turn it into {@link CorruptObjectException}.
 */
public final class MalformedObjectException extends TreeException {
  private static final long serialVersionUID = 1L;

  /** A malformed object, with what is wrong in a few words. */
  public MalformedObjectException(String reason) {
    super(ErrorCode.OBJECT_CORRUPT, reason, "", null);
  }
}
