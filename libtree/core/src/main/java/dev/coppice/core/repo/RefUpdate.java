package dev.coppice.core.repo;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.RefAddress;
import java.util.Optional;

/**
 * What a transaction does to a ref when it is published.
 *
 * @param commit the new commit, or empty to delete the ref
 */
public record RefUpdate(RefAddress ref, Optional<Checksum> commit) {
  /** Points a ref at a commit. */
  public static RefUpdate set(RefAddress ref, Checksum commit) {
    return new RefUpdate(ref, Optional.of(commit));
  }
}
