package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.SignedSuperblock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What signatures a pull demands of commits. */
@FunctionalInterface
public interface Trust {
  /** Demands none. */
  Trust ANYBODY = (_, _, _) -> List.of();

  /**
   * Verifies the signatures of a commit before it is stored.
   *
   * @param detached the detached metadata, an {@code a{sv}}, which has the signatures
   * @return what is known of them, for people; empty where none are demanded
   * @throws dev.coppice.core.failure.Failure when it is not signed as is demanded
   */
  List<String> verify(Checksum commit, byte[] bytes, Optional<byte[]> detached) throws IOException;

  /**
   * Verifies the signatures of a static delta by the same keys, OpenPGP's left out, which deltas do
   * not have.
   *
   * @return whether there are keys to verify them by
   * @throws dev.coppice.core.failure.Failure when there are, and none of them made any
   */
  default boolean verifyDelta(SignedSuperblock delta) throws IOException {
    return false;
  }
}
