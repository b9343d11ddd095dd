package dev.coppice.core.gvariant;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;

/** A value whose normal form or text is far larger than its bytes: no honest writer makes such. */
public final class VariantSizeException extends TreeException {
  private static final long serialVersionUID = 1;

  private final int limit;

  VariantSizeException(VariantType type, int limit) {
    super(
        ErrorCode.INPUT_INVALID,
        "the value of type " + VariantType.shortened(type) + " expands beyond " + limit + " bytes",
        "",
        null);
    this.limit = limit;
  }

  /** The limit in bytes of serialised form, or characters of text. */
  public int limit() {
    return limit;
  }
}
