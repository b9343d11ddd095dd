package dev.coppice.posix;

import java.util.Arrays;

/**
 * One extended attribute.
 *
 * @param name the full name with its namespace, such as "user.comment"; see {@link PosixNames}
 * @param value the bytes; not copied, so neither side changes them
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record NameValue(String name, byte[] value) {
  @Override
  public boolean equals(Object other) {
    return other instanceof NameValue(String otherName, byte[] otherValue)
        && name.equals(otherName)
        && Arrays.equals(value, otherValue);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return name + "=" + PosixNames.decode(value);
  }
}
