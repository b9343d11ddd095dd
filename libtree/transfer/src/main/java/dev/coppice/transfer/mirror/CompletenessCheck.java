package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.PartialCommits;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.ObjectVerifier;
import dev.coppice.core.tree.ObjectSet;
import dev.coppice.core.tree.Reachable;
import dev.coppice.transfer.mirror.MirrorRequest.Verification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Looks whether commits are whole before refs point to them. A commit that is not is marked as
 * partial, so that the next run fetches what it lacks.
 */
final class CompletenessCheck {
  private static final int FANOUTS = 256;

  private final Repo repo;
  private final Verification verification;
  private final Consumer<MirrorEvent> events;

  CompletenessCheck(Repo repo, Verification verification, Consumer<MirrorEvent> events) {
    this.repo = repo;
    this.verification = verification;
    this.events = events;
  }

  /**
   * Looks at commits.
   *
   * @return objects that were looked at
   * @throws Failure with {@link ErrorCode#OBJECT_MISSING} or {@link ErrorCode#OBJECT_CORRUPT}
   */
  long run(Set<Checksum> commits) throws IOException {
    if (verification == Verification.FETCHED || commits.isEmpty()) {
      return 0;
    }
    for (Checksum commit : commits) {
      if (repo.partialCommits().state(commit) != PartialCommits.State.COMPLETE) {
        throw damaged(commit, new MissingObjectException(ObjectName.commit(commit)));
      }
    }
    var reachable = new Reachable(repo, Reachable.Extent.EVERYTHING, Reachable.Damage.FAIL);
    for (Checksum commit : commits) {
      try {
        reachable.addCommit(commit, 0);
      } catch (MissingObjectException | CorruptObjectException e) {
        throw damaged(commit, e);
      }
    }
    try {
      check(reachable.objects());
    } catch (MissingObjectException | CorruptObjectException e) {
      // It is not known which of them need it: all are scanned again the next time.
      for (Checksum commit : commits) {
        repo.partialCommits().mark(commit, PartialCommits.State.DAMAGED);
      }
      throw failure(e);
    }
    return reachable.objects().size();
  }

  private void check(ObjectSet objects) throws IOException {
    var done = new AtomicLong();
    long total = objects.size();
    Workers.each(
        FANOUTS,
        number -> {
          List<ObjectName> names = new ArrayList<>();
          objects.forEach(number, names::add);
          names.sort(null);
          if (verification == Verification.FULL) {
            verify(names);
          } else {
            find(names);
          }
          events.accept(new MirrorEvent.Verified(done.addAndGet(names.size()), total));
        });
  }

  private void verify(List<ObjectName> names) throws IOException {
    try (var verifier = new ObjectVerifier(repo.stores())) {
      for (ObjectName name : names) {
        verifier.verify(name);
      }
    }
  }

  private void find(List<ObjectName> names) throws IOException {
    for (ObjectName name : names) {
      if (!repo.objects().has(name)) {
        throw new MissingObjectException(name);
      }
    }
  }

  private Failure damaged(Checksum commit, TreeException cause) throws IOException {
    repo.partialCommits().mark(commit, PartialCommits.State.DAMAGED);
    return failure(cause);
  }

  private Failure failure(TreeException cause) {
    return new Failure(
        cause.code(),
        "Nothing was published: " + cause.getMessage(),
        "Delete what is damaged with 'fsck --delete --repo="
            + repo.path()
            + "', then mirror again: what is missing is fetched.",
        cause);
  }
}
