package dev.coppice.core.object;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;

/** An object that is not in the repository. */
public final class MissingObjectException extends TreeException {
  private static final long serialVersionUID = 1L;

  private final ObjectName object;

  /** The object is missing. */
  public MissingObjectException(ObjectName object) {
    super(
        ErrorCode.OBJECT_MISSING,
        (object.type().isMetadata() ? "No such metadata object " : "No such object ") + object,
        "Pull the commit again, or run 'coppice fsck' to list everything that is missing.",
        null);
    this.object = object;
  }

  /** The missing object. */
  public ObjectName object() {
    return object;
  }
}
