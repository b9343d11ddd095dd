package dev.coppice.core.ref;

import dev.coppice.posix.PosixNames;

/**
 * The name of a ref without remote or collection, such as {@code fedora/x86_64/base}: fragments
 * joined by slashes, each a word character followed by word characters, dots and hyphens.
 *
 * @param name the name, valid
 */
public record RefName(String name) implements Comparable<RefName> {
  /** Checks the name. */
  public RefName {
    if (!RefSyntax.isRef(name)) {
      throw RefSyntax.invalid("ref name", name);
    }
  }

  /**
   * The ref of this name.
   *
   * @throws dev.coppice.core.failure.Failure with code {@code REF_INVALID}
   */
  public static RefName of(String name) {
    return new RefName(name);
  }

  /** Whether the text is a valid name of a ref. */
  public static boolean isValid(String text) {
    return RefSyntax.isRef(text);
  }

  /** The order of the names' UTF-8 bytes. */
  @Override
  public int compareTo(RefName other) {
    return PosixNames.BYTE_ORDER.compare(name, other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
