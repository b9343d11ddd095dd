package dev.coppice.transfer.delta;

import dev.coppice.core.failure.ErrorCode;

/**
 * How a part is compressed: its first byte. Source: {@code _ostree_static_delta_part_open}.
 *
 * <p>Parts that are files of their own must be compressed: ostree 2022.7 cannot map others.
 */
public enum Compression {
  /** As it is. */
  NONE(0),
  /** A whole {@code .xz} stream. */
  XZ('x');

  private final int number;

  Compression(int number) {
    this.number = number;
  }

  /** The first byte of a part. */
  public int number() {
    return number;
  }

  /**
   * What a first byte says.
   *
   * @throws DeltaException when nobody knows
   */
  public static Compression ofNumber(int number) {
    for (Compression each : values()) {
      if (each.number == number) {
        return each;
      }
    }
    throw new DeltaException(
        ErrorCode.DELTA_UNSUPPORTED, "Invalid compression type '" + number + "'");
  }
}
