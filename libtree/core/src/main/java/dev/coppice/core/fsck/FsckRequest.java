package dev.coppice.core.fsck;

import java.util.Set;

/**
 * What fsck does beside verifying objects.
 *
 * @param options any of them
 */
public record FsckRequest(Set<Option> options) {
  /** Verifies objects and changes nothing but marks of damaged commits. */
  public static final FsckRequest PLAIN = new FsckRequest(Set.of());

  /** What can be asked for. */
  public enum Option {
    /** Remove damaged objects, so that they can be pulled again. */
    DELETE,
    /** Mark commits that are missing but are parents of others as deleted on purpose. */
    ADD_TOMBSTONES,
    /** Check that the commit of a ref says that it belongs to that ref. */
    VERIFY_BINDINGS,
    /** Check that the refs that a commit says it belongs to lead to that commit. */
    VERIFY_BACK_REFS
  }

  /** Copies the set. */
  public FsckRequest {
    options = Set.copyOf(options);
  }

  boolean asks(Option option) {
    return options.contains(option);
  }
}
