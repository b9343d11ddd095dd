package dev.coppice.core.gvariant;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import org.jspecify.annotations.Nullable;

/** Text that is not a GVariant (of the wanted type), with the place where that shows. */
public final class VariantParseException extends TreeException {
  private static final long serialVersionUID = 1;

  private final int start;
  private final int end;

  VariantParseException(int start, int end, String problem) {
    this(new TextNode.Span(start, end), place(start, end), problem, null);
  }

  VariantParseException(TextNode.Span place, String problem, @Nullable Throwable cause) {
    this(place, place(place.start(), place.end()), problem, cause);
  }

  /** Two pieces of text do not go together; the second is where it shows. */
  VariantParseException(TextNode.Span first, TextNode.Span second, String problem) {
    this(
        second,
        place(first.start(), first.end()) + "," + place(second.start(), second.end()),
        problem,
        null);
  }

  private VariantParseException(
      TextNode.Span span, String place, String problem, @Nullable Throwable cause) {
    super(
        ErrorCode.INPUT_INVALID,
        place + ":" + problem,
        "Write the value in GVariant text form, for example 'text', uint32 5 or @as []",
        cause);
    this.start = span.start();
    this.end = span.end();
  }

  private static String place(int start, int end) {
    return start == end ? "" + start : start + "-" + end;
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
