package dev.coppice.core.checkout;

import dev.coppice.core.object.Checksum;
import dev.coppice.posix.Fd;
import java.io.IOException;

/**
 * Hears of every hard link that was made, so that a later commit knows which files it has already.
 * Called by several threads.
 */
@FunctionalInterface
public interface LinkListener {
  /** Does not care. */
  LinkListener NONE = (checksum, directory, name) -> {};

  /** A file object got a name in a directory; the descriptor is open during the call only. */
  void linked(Checksum checksum, Fd directory, String name) throws IOException;
}
