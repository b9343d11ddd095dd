package dev.coppice.core.store;

import dev.coppice.posix.Fd;
import dev.coppice.posix.Io;
import java.io.IOException;

/**
 * When data is forced to disk.
 *
 * <p>{@link #BATCHED} is one {@code syncfs} before the objects of a transaction become visible: a
 * power cut leaves the old state or the new one, at a fraction of the cost of {@link #PER_OBJECT}.
 * Source: {@code core.fsync} and {@code core.per-object-fsync}.
 */
public enum FsyncPolicy {
  /** Never; for repositories that can be thrown away. */
  NONE,
  /** Once for each transaction. */
  BATCHED,
  /** For each object, and once for the transaction. */
  PER_OBJECT;

  /** To be called when the file of an object is complete, and before it becomes visible. */
  void completed(Fd object) throws IOException {
    if (this == PER_OBJECT) {
      Io.fsync(object);
    }
  }
}
