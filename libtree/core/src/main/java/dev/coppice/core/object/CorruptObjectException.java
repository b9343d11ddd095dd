package dev.coppice.core.object;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import org.jspecify.annotations.Nullable;

/** A stored object that does not have the form or the checksum it must have. */
public final class CorruptObjectException extends TreeException {
  private static final long serialVersionUID = 1L;

  private static final String NEXT =
      "Run 'coppice fsck' to see what else is damaged; 'coppice fsck --delete' removes damaged objects so that"
          + " they can be pulled again.";

  private final ObjectName object;
  private final @Nullable Checksum actual;
  private final String reason;

  /** Bytes that hash to another checksum. */
  public CorruptObjectException(ObjectName object, Checksum actual) {
    super(
        ErrorCode.OBJECT_CORRUPT,
        "Corrupted " + object.type().extension() + " object " + object + "; checksum is " + actual,
        NEXT,
        null);
    this.object = object;
    this.actual = actual;
    this.reason = "its bytes hash to " + actual;
  }

  /** Bytes of a wrong form. */
  public CorruptObjectException(ObjectName object, String reason) {
    super(ErrorCode.OBJECT_CORRUPT, "Corrupted object " + object + ": " + reason, NEXT, null);
    this.object = object;
    this.actual = null;
    this.reason = reason;
  }

  /** Bytes that a codec refused. */
  public CorruptObjectException(ObjectName object, MalformedObjectException cause) {
    super(
        ErrorCode.OBJECT_CORRUPT,
        "Corrupted object " + object + ": " + cause.getMessage(),
        NEXT,
        cause);
    this.object = object;
    this.actual = null;
    this.reason = cause.getMessage();
  }

  /** The damaged object. */
  public ObjectName object() {
    return object;
  }

  /** What is wrong, without the name of the object. */
  public String reason() {
    return reason;
  }

  /** What the bytes hash to, where the checksum was wrong. */
  public @Nullable Checksum actual() {
    return actual;
  }
}
