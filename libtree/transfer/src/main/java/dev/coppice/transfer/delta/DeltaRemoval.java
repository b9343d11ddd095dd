package dev.coppice.transfer.delta;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.util.List;

/**
 * Deletes static deltas. Summary and indexes are the caller's: clients that were led to a delta
 * fail without it.
 */
public record DeltaRemoval(Repo repo) {
  /**
   * Deletes deltas; none of them when one is not there.
   *
   * @throws Failure with {@link ErrorCode#DELTA_MISSING} when there is none of a name
   */
  public void delete(List<DeltaName> names) throws IOException {
    repo.requireWritable();
    for (DeltaName name : names) {
      if (Fs.statIfExists(repo.descriptor(), name.directory()) == null) {
        throw notFound(name);
      }
    }
    for (DeltaName name : names) {
      Fs.removeTree(repo.descriptor(), name.directory());
    }
  }

  /** The failure when a delta is not there. */
  public static Failure notFound(DeltaName name) {
    return new Failure(
        ErrorCode.DELTA_MISSING,
        "Can't find delta " + name,
        "See 'static-delta list' for those that there are.");
  }
}
