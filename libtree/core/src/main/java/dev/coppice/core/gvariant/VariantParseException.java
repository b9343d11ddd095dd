package dev.coppice.core.gvariant;

/** Text that is not a GVariant (of the wanted type), with the place where that shows. */
public final class VariantParseException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int start;
  private final int end;

  VariantParseException(int start, int end, String problem) {
    super((start == end ? "" + start : start + "-" + end) + ":" + problem);
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
