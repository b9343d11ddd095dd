package dev.coppice.transfer.delta.apply;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.core.tree.Reachable;
import dev.coppice.posix.Fs;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.SuperblockFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Applies a delta that lies on this machine, {@code static-delta apply-offline}: the commit that it
 * leads to is there afterwards, whole; no ref moves. Source: {@code
 * ostree_repo_static_delta_execute_offline_with_signature}.
 */
public final class DeltaApply {
  private final Repo repo;

  /** Applies into a repository, which stays the caller's. */
  public DeltaApply(Repo repo) {
    this.repo = repo;
  }

  /**
   * Applies a delta.
   *
   * @param done is told of each part that is complete; by several threads
   * @throws DeltaException when it is not as it must be, or starts from a commit that is not here;
   *     the commit is not visible then, or marked as partial
   */
  public DeltaResult apply(DeltaRequest request, Consumer<PartHeader> done) throws IOException {
    LocalDelta files = LocalDelta.at(request.path());
    SuperblockFile file = files.read();
    request.trust().verify(file);
    Superblock superblock = file.superblock();
    superblock.requireName(superblock.name());
    requireSource(superblock);
    if (!superblock.fallbacks().isEmpty()) {
      throw new DeltaException(
          ErrorCode.DELTA_UNSUPPORTED,
          "Cannot execute delta offline: contains nonempty http fallback entries");
    }
    Checksum to = superblock.name().to();
    Fs.mkdirIfMissing(repo.descriptor(), RepoLayout.STATE, 0777);
    try (Transaction transaction = repo.begin(request.fsync())) {
      boolean isNew = !repo.objects().has(ObjectName.commit(to));
      if (isNew) {
        writeCommit(transaction, superblock);
      }
      var parts = new DeltaParts(transaction, ApplyRules.ANY);
      ApplyStats stats = parts.apply(superblock, parts.missing(superblock), files, done);
      transaction.publish(List.of());
      if (isNew || repo.partialCommits().state(to) != State.COMPLETE) {
        requireWhole(to);
        repo.partialCommits().mark(to, State.COMPLETE);
      }
      return new DeltaResult(superblock.name(), stats);
    }
  }

  private void requireSource(Superblock superblock) throws IOException {
    Optional<Checksum> from = superblock.name().from();
    if (from.isPresent() && !repo.objects().has(ObjectName.commit(from.get()))) {
      throw new DeltaException(
          ErrorCode.DELTA_SOURCE_MISSING,
          "Commit " + from.get() + ", which is the delta source, is not in repository");
    }
  }

  private void writeCommit(Transaction transaction, Superblock superblock) throws IOException {
    byte[] bytes = superblock.commit().serialized();
    try {
      Commit.decode(bytes);
    } catch (MalformedObjectException e) {
      throw new DeltaException(ErrorCode.DELTA_MALFORMED, "Its commit: " + e.getMessage(), e);
    }
    Checksum to = superblock.name().to();
    // Before the commit can be seen anywhere, so that it is never taken for complete.
    repo.partialCommits().mark(to, State.PARTIAL);
    Optional<byte[]> detached = superblock.detachedMetadata();
    if (detached.isPresent()) {
      transaction.writeDetachedMetadata(to, detached.get());
    }
    transaction.writer().writeNamed(ObjectName.commit(to), bytes);
  }

  /** Whether a delta had all that its commit needs shows only now. */
  private void requireWhole(Checksum commit) throws IOException {
    var reachable = new Reachable(repo, Reachable.Extent.EVERYTHING, Reachable.Damage.FAIL);
    reachable.addCommit(commit, 0);
    var missing = new ArrayList<ObjectName>();
    for (int fanout = 0; fanout < 256 && missing.isEmpty(); fanout++) {
      var names = new ArrayList<ObjectName>();
      reachable.objects().forEach(fanout, names::add);
      for (ObjectName name : names) {
        if (!repo.objects().has(name)) {
          missing.add(name);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new Failure(
          ErrorCode.COMMIT_PARTIAL,
          "The static delta was applied, but commit "
              + commit
              + " needs "
              + missing.getFirst()
              + ", which it does not have",
          "It was made from a repository that lacks it, or from other commits than are here: pull"
              + " the commit instead. It is marked as partial.");
    }
  }
}
