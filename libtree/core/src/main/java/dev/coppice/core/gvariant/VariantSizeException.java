package dev.coppice.core.gvariant;

/** A value would become larger than the limit of bytes that was set for it. */
public final class VariantSizeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int limit;

  VariantSizeException(VariantType type, int limit) {
    super("the value of type " + type + " would need more than " + limit + " bytes");
    this.limit = limit;
  }

  /** The limit in bytes. */
  public int limit() {
    return limit;
  }
}
