package dev.coppice.core.commit;

import java.io.IOException;
import java.util.Optional;

/**
 * Has the last word on the detached metadata of a new commit, while nobody can see it yet: it signs
 * the commit. A failure of it leaves everything as it was.
 */
@FunctionalInterface
public interface CommitSealer {
  /** Changes nothing. */
  CommitSealer NONE = (commit, detached) -> detached;

  /**
   * The detached metadata to publish.
   *
   * @param commit the bytes of the commit
   * @param detached what it has so far, an {@code a{sv}}: what the request gives it, else what the
   *     same commit has in the repository
   */
  Optional<byte[]> seal(byte[] commit, Optional<byte[]> detached) throws IOException;
}
