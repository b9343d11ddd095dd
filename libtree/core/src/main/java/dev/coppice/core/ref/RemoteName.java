package dev.coppice.core.ref;

import dev.coppice.posix.PosixNames;

/**
 * The name of a remote: one fragment, as {@link RefName} has several.
 *
 * @param name the name, valid
 */
public record RemoteName(String name) implements Comparable<RemoteName> {
  /** Checks the name. */
  public RemoteName {
    if (!RefSyntax.isFragment(name)) {
      throw RefSyntax.invalid("remote name", name);
    }
  }

  /**
   * The remote of this name.
   *
   * @throws dev.coppice.core.failure.Failure with code {@code REF_INVALID}
   */
  public static RemoteName of(String name) {
    return new RemoteName(name);
  }

  /** Whether the text is a valid name of a remote. */
  public static boolean isValid(String text) {
    return RefSyntax.isFragment(text);
  }

  /** The order of the names' UTF-8 bytes. */
  @Override
  public int compareTo(RemoteName other) {
    return PosixNames.BYTE_ORDER.compare(name, other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
