package dev.coppice.core.prune;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.prune.PruneRequest.Action;
import dev.coppice.core.prune.PruneRequest.Deletion;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefPlace;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.ObjectRemoval;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.RepoLock;
import dev.coppice.core.tree.ObjectSet;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Deletes the objects that no commit needs.
 *
 * <p>Holds the exclusive lock from the first look at refs to the last deletion, so that nothing new
 * can appear between. Memory is that of the set of needed objects. Source: {@code
 * ostree_repo_prune}, {@code ot-builtin-prune.c}.
 */
public final class Prune {
  private final Repo repo;

  /** A prune of a repository; objects of its parents are never touched. */
  public Prune(Repo repo) {
    this.repo = repo;
  }

  /**
   * Prunes.
   *
   * @throws dev.coppice.core.object.CorruptObjectException when a commit or directory that says
   *     what is needed cannot be read; nothing has been deleted then but what the request names
   */
  public PruneResult run(PruneRequest request, Consumer<PruneEvent> events) throws IOException {
    try (RepoLock lock = repo.lock(RepoLock.Kind.EXCLUSIVE)) {
      return runLocked(request, events);
    }
  }

  private PruneResult runLocked(PruneRequest request, Consumer<PruneEvent> events)
      throws IOException {
    ObjectRemoval removal = repo.removal();
    if (request.deletion().isPresent()) {
      delete(request.deletion().get(), removal);
    }
    ObjectSet needed = new RootMarking(repo, events).mark(request);
    var sweep = new Sweep(repo, needed, request, removal);
    PruneResult result = sweep.run(events);
    if (request.action() == Action.DELETE) {
      // The real tool does both even when it is told to delete nothing.
      new DeltaDirectories(repo).deleteWithoutCommit();
      new SummaryCache(repo).deleteWithoutRemote();
    }
    return result;
  }

  private void delete(Deletion deletion, ObjectRemoval removal) throws IOException {
    switch (deletion) {
      case Deletion.OfDeltas(Checksum target) -> new DeltaDirectories(repo).deleteTo(target);
      case Deletion.OfCommit(Checksum commit) -> deleteCommit(commit, removal);
    }
  }

  private void deleteCommit(Checksum commit, ObjectRemoval removal) throws IOException {
    for (Map.Entry<RefSpec, Checksum> ref : repo.refs().list(RefPrefix.ALL).entrySet()) {
      checkUnreferenced(commit, ref.getValue(), "'" + ref.getKey() + "'");
    }
    for (Map.Entry<CollectionRef, Checksum> ref : collectionRefs(repo).entrySet()) {
      checkUnreferenced(commit, ref.getValue(), ref.getKey().toString());
    }
    ObjectName name = ObjectName.commit(commit);
    if (!repo.store().has(name)) {
      throw new Failure(
          ErrorCode.OBJECT_MISSING,
          "Deleting object "
              + name
              + ": unlinkat("
              + repo.store().path(name)
              + "): No such file or directory",
          "List the commits of a ref with 'log'.");
    }
    removal.enableTombstones();
    removal.delete(new ObjectName(ObjectType.COMMIT, commit));
  }

  private static void checkUnreferenced(Checksum commit, Checksum target, String ref) {
    if (commit.equals(target)) {
      throw new Failure(
          ErrorCode.REF_CONFLICT,
          "Commit '" + commit + "' is referenced by " + ref,
          "Delete that ref first, or move it to another commit.");
    }
  }

  /** Refs of this repository's collection and mirrored ones, without those of remotes. */
  static Map<CollectionRef, Checksum> collectionRefs(Repo repo) throws IOException {
    return repo.refs().listCollections(Optional.empty(), Set.of(RefPlace.HEADS, RefPlace.MIRRORS));
  }
}
