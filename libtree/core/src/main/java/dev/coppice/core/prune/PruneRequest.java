package dev.coppice.core.prune;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.tree.Reachable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to prune.
 *
 * @param roots what is kept, with everything it reaches
 * @param depth ancestors of roots that are kept, or {@link Reachable#WHOLE_HISTORY}
 * @param extent whether only commits are deleted
 * @param deletion what is deleted by name before anything else
 * @param action whether to delete or only to count
 */
public record PruneRequest(
    Roots roots, int depth, Reachable.Extent extent, Optional<Deletion> deletion, Action action) {
  /** Deletes what no commit needs, as the real tool does without options. */
  public static final PruneRequest UNREACHABLE =
      new PruneRequest(
          new Roots.EveryCommit(),
          Reachable.WHOLE_HISTORY,
          Reachable.Extent.EVERYTHING,
          Optional.empty(),
          Action.DELETE);

  /** What keeps objects alive. */
  public sealed interface Roots {
    /** Every commit there is. */
    record EveryCommit() implements Roots {}

    /** Every ref, remote and mirrored ones included. */
    record Refs() implements Roots {}

    /**
     * Every ref, with a depth of its own. Mirrored refs of other collections do not count here: so
     * it is in the real tool.
     *
     * @param youngerThan keep ancestors that are not older than this
     * @param depths depths of single refs, by the text of the refspec; they win over the age, but a
     *     depth of 0 counts as none, as in the real tool
     * @param only the only revisions that lose ancestors; empty: all do
     */
    record Branches(Optional<Instant> youngerThan, Map<String, Integer> depths, List<String> only)
        implements Roots {
      /** Copies the collections. */
      public Branches {
        depths = Map.copyOf(depths);
        only = List.copyOf(only);
      }
    }
  }

  /** Something that is deleted by name. */
  public sealed interface Deletion {
    /** A commit, which no ref may point to; a tombstone stays. */
    record OfCommit(Checksum commit) implements Deletion {}

    /** The static deltas that lead to a commit. */
    record OfDeltas(Checksum target) implements Deletion {}
  }

  /** What happens to unneeded objects. */
  public enum Action {
    /** They are deleted. */
    DELETE,
    /** They are counted, and the repository stays as it is. */
    COUNT
  }
}
