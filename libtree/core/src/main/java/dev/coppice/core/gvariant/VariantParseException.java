package dev.coppice.core.gvariant;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;

/** Text that is not a GVariant (of the wanted type), with the place where that shows. */
public final class VariantParseException extends TreeException {
  private static final long serialVersionUID = 1;

  private final int start;
  private final int end;

  VariantParseException(int start, int end, String problem) {
    super(
        ErrorCode.INPUT_INVALID,
        (start == end ? "" + start : start + "-" + end) + ":" + problem,
        "Write the value in GVariant text form, for example 'text', uint32 5 or @as []",
        null);
    this.start = start;
    this.end = end;
  }

  /** Index of the first character concerned. */
  public int start() {
    return start;
  }

  /** Index behind the last character concerned; equal to {@link #start} for a point. */
  public int end() {
    return end;
  }
}
