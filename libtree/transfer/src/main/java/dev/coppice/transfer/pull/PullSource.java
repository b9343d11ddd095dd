package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.tree.ObjectSet;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a pull takes objects from, and how they get into its transaction. Safe for several threads.
 */
interface PullSource extends AutoCloseable {
  /** The same limit as for metadata that is stored. Source: {@code OSTREE_MAX_METADATA_SIZE}. */
  long MAX_METADATA = 128L << 20;

  /**
   * The bytes of an object that is not a file, not verified, or null when the source does not have
   * it.
   *
   * @param maxBytes more are refused while they come
   */
  byte @Nullable [] load(ObjectName name, long maxBytes) throws IOException;

  /** Stages an object whose bytes were loaded from this source and verified. */
  void stage(ObjectName name, byte[] bytes) throws IOException;

  /**
   * Brings a file object over.
   *
   * @return bytes of content that were written; 0 for what was linked or already there
   * @throws MissingObjectException when the source does not have it
   * @throws CorruptObjectException when what the source has is not the object
   */
  long file(Checksum checksum) throws IOException;

  /** Whether a file object is there, asked of sources that are asked before others. */
  boolean hasFile(Checksum checksum) throws IOException;

  /**
   * Bytes that these files would take on their way here, found out one by one; empty when the
   * source does not say.
   */
  OptionalLong downloadSize(ObjectSet files) throws IOException;

  /** Pieces of work that pay at the same time. */
  int parallelism();

  /** The collection that commits from here must be bound to, if any. */
  Optional<String> collection();

  @Override
  void close() throws IOException;
}
