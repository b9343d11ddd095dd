package dev.coppice.core.tree;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.PartialCommits;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The set of objects that commits reach, gathered commit by commit. Directories that were seen
 * before are not read again, so that many commits of similar trees cost little more than one.
 *
 * <p>What is missing is treated as the real tool treats it: a commit that is not there ends its
 * history without a failure; a directory may be missing only in a partial commit. Source: {@code
 * ostree_repo_traverse_commit_with_flags}.
 */
public final class Reachable {
  /** What belongs to the set. */
  public enum Extent {
    /** Commits only. */
    COMMITS,
    /** Commits with everything in their trees. */
    EVERYTHING
  }

  /** What to do about a commit or directory that is damaged or missing. */
  public enum Damage {
    /** Fail: whoever deletes what is not in the set must know the whole set. */
    FAIL,
    /** Go on without what is below it. The damaged object itself is in the set. */
    SKIP
  }

  /** A depth that takes the whole history. */
  public static final int WHOLE_HISTORY = -1;

  private final Repo repo;
  private final Extent extent;
  private final Damage damage;
  private final ObjectSet objects = new ObjectSet();

  /** How far the history of each commit has been followed. */
  private final Map<Checksum, Integer> walked = new HashMap<>();

  /** An empty set over the objects of a repository and its parents. */
  public Reachable(Repo repo, Extent extent, Damage damage) {
    this.repo = repo;
    this.extent = extent;
    this.damage = damage;
  }

  /** What was reached so far. */
  public ObjectSet objects() {
    return objects;
  }

  /**
   * Adds a commit and its ancestors.
   *
   * @param depth number of ancestors to follow, or {@link #WHOLE_HISTORY}
   * @throws MissingObjectException when a commit that is not partial lacks a directory and damage
   *     is not skipped
   * @throws CorruptObjectException when a commit or directory cannot be read and damage is not
   *     skipped
   */
  public void addCommit(Checksum commit, int depth) throws IOException {
    Optional<Checksum> next = Optional.of(commit);
    // As in the real tool, any other negative number means no ancestor.
    int ancestors = depth < WHOLE_HISTORY ? 0 : depth;
    for (int left = ancestors; next.isPresent(); left--) {
      Checksum checksum = next.get();
      if (!walksFurther(checksum, left)) {
        return;
      }
      ObjectName name = ObjectName.commit(checksum);
      byte[] bytes = repo.objects().loadIfExists(name);
      if (bytes == null) {
        return;
      }
      boolean first = objects.add(name);
      Commit loaded = decode(name, bytes);
      if (loaded == null) {
        return;
      }
      if (first && extent == Extent.EVERYTHING) {
        addTree(checksum, loaded);
      }
      next = left == 0 ? Optional.empty() : loaded.parent();
    }
  }

  /**
   * Whether this walk reaches ancestors that earlier ones did not. The real tool stops at any
   * commit that was seen before, which makes its result depend on the order of refs.
   */
  private boolean walksFurther(Checksum commit, int left) {
    int reach = left < 0 ? Integer.MAX_VALUE : left;
    Integer before = walked.get(commit);
    if (before != null && before >= reach) {
      return false;
    }
    walked.put(commit, reach);
    return true;
  }

  private @Nullable Commit decode(ObjectName name, byte[] bytes) {
    try {
      return Commit.decode(bytes);
    } catch (MalformedObjectException e) {
      if (damage == Damage.SKIP) {
        return null;
      }
      throw new CorruptObjectException(name, e);
    }
  }

  /**
   * Adds what the tree of a commit reaches, without the commit, which need not be in the repository
   * any more. Directories that are missing are left out.
   */
  public void addTree(Commit commit) throws IOException {
    walk(commit, true);
  }

  private void addTree(Checksum commit, Commit loaded) throws IOException {
    walk(loaded, repo.partialCommits().state(commit) != PartialCommits.State.COMPLETE);
  }

  private void walk(Commit loaded, boolean partial) throws IOException {
    if (partial && !repo.objects().has(ObjectName.dirtree(loaded.tree()))) {
      return;
    }
    var waiting = new ArrayDeque<Checksum>();
    addDirectory(loaded.tree(), loaded.meta(), waiting);
    while (!waiting.isEmpty()) {
      Checksum checksum = waiting.pop();
      DirTree tree = loadTree(checksum, partial);
      for (DirTree.File file : tree.files()) {
        objects.add(ObjectType.FILE, file.checksum());
      }
      for (DirTree.Dir dir : tree.dirs()) {
        addDirectory(dir.tree(), dir.meta(), waiting);
      }
    }
  }

  private void addDirectory(Checksum tree, Checksum meta, ArrayDeque<Checksum> waiting) {
    objects.add(ObjectType.DIRMETA, meta);
    if (objects.add(ObjectType.DIRTREE, tree)) {
      waiting.push(tree);
    }
  }

  private DirTree loadTree(Checksum checksum, boolean partial) throws IOException {
    try {
      return repo.loadTree(checksum);
    } catch (MissingObjectException e) {
      if (partial || damage == Damage.SKIP) {
        return DirTree.EMPTY;
      }
      throw e;
    } catch (CorruptObjectException e) {
      if (damage == Damage.SKIP) {
        return DirTree.EMPTY;
      }
      throw e;
    }
  }
}
