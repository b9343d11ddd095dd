package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Transaction;
import java.io.IOException;
import java.util.Optional;

/** A place to pull from. Closing it ends its connections. */
public interface Origin extends AutoCloseable {
  /** The remote that refs are written under and whose keys count; empty: local refs. */
  Optional<RemoteName> remote();

  /**
   * Finds the commits of what is asked for.
   *
   * @throws dev.coppice.core.failure.Failure when a ref is not there
   */
  Targets resolve(PullRequest request) throws IOException;

  /** The objects, on their way into a transaction. */
  PullSource source(Transaction transaction, PullRequest request) throws IOException;

  /** What signatures commits from here must have. */
  Trust trust();

  /**
   * The detached metadata that a commit gets here, once it was verified.
   *
   * @param bytes the commit
   * @param came what the source has
   */
  default Optional<byte[]> detached(Checksum commit, byte[] bytes, Optional<byte[]> came)
      throws IOException {
    return came;
  }

  /** The static deltas on offer; asked for after {@link #resolve}. */
  DeltaStore deltas() throws IOException;

  /** Whether deltas are used only where they are demanded, because objects cost nothing. */
  default boolean isLocal() {
    return false;
  }

  /** Whether tombstones say which commits were deleted on purpose. */
  boolean hasTombstones();

  /** What a mirror of everything writes beside the objects: summary and signature. */
  void mirrorSummary(Transaction transaction) throws IOException;

  /** Bytes that came over the network so far. */
  long transferred();

  @Override
  void close() throws IOException;
}
