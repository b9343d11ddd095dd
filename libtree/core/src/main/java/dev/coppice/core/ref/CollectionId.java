package dev.coppice.core.ref;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.PosixNames;

/**
 * The globally unique name of a set of refs, a reverse domain name such as {@code
 * org.example.Stable}.
 *
 * @param id the name, valid
 */
public record CollectionId(String id) implements Comparable<CollectionId> {
  /** Checks the name. */
  public CollectionId {
    if (!RefSyntax.isCollectionId(id)) {
      throw new Failure(
          ErrorCode.REF_INVALID,
          "Invalid collection ID " + id,
          "Use a reverse domain name such as org.example.Stable");
    }
  }

  /**
   * The collection of this name.
   *
   * @throws dev.coppice.core.failure.Failure with code {@code REF_INVALID}
   */
  public static CollectionId of(String id) {
    return new CollectionId(id);
  }

  /** Whether the text is a valid collection id. */
  public static boolean isValid(String text) {
    return RefSyntax.isCollectionId(text);
  }

  /** The order of the names' bytes. */
  @Override
  public int compareTo(CollectionId other) {
    return PosixNames.BYTE_ORDER.compare(id, other.id);
  }

  @Override
  public String toString() {
    return id;
  }
}
