package dev.coppice.sysroot.etcmerge;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.Fd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a merge of {@code /etc} will do, before anything is done.
 *
 * @param diff the local changes, all of which are carried over: removals first, then modified, then
 *     added files
 * @param conflicts paths that the new tree changed too, in the order of the changes
 */
public record EtcMergePlan(EtcDiff diff, List<EtcConflict> conflicts) {
  /** Copies the list. */
  public EtcMergePlan {
    conflicts = List.copyOf(conflicts);
  }

  /**
   * Makes a plan; reads only.
   *
   * @param defaults {@code usr/etc} of the old tree
   * @param local {@code etc} of the old deployment
   * @param fresh {@code etc} of the new deployment, still as its tree has it, or its {@code
   *     usr/etc}
   */
  public static EtcMergePlan of(Fd defaults, Fd local, Fd fresh) throws IOException {
    EtcDiff diff = EtcDiff.of(defaults, local);
    var conflicts = new ArrayList<EtcConflict>();
    // Directories that the merge itself puts in place, so that what is below can follow.
    Set<String> replaced = new HashSet<>();
    for (EtcChange change : steps(diff)) {
      conflicts.addAll(new Comparison(defaults, local, fresh).conflicts(change, replaced));
    }
    return new EtcMergePlan(diff, conflicts);
  }

  /** The changes in the order in which they are applied. */
  public List<EtcChange> steps() {
    return steps(diff);
  }

  private static List<EtcChange> steps(EtcDiff diff) {
    var steps = new ArrayList<EtcChange>(diff.removed());
    steps.addAll(diff.modified());
    steps.addAll(diff.added());
    return steps;
  }

  /**
   * Makes sure that the plan can be carried out.
   *
   * @throws Failure with {@link ErrorCode#ETC_CONFLICT} that names the first path in the way
   */
  public void requireMergeable() {
    for (EtcConflict conflict : conflicts) {
      switch (conflict.kind()) {
        case FILE_OVER_DIRECTORY ->
            throw new Failure(
                ErrorCode.ETC_CONFLICT,
                "Modified config file newly defaults to directory '"
                    + conflict.path()
                    + "', cannot merge",
                "Move /etc/" + conflict.path() + " away, or deploy with --no-merge.");
        case DIRECTORY_REPLACED ->
            throw new Failure(
                ErrorCode.ETC_CONFLICT,
                "Modified config file '"
                    + conflict.path()
                    + "' is in a directory that newly is a file or symbolic link, cannot merge",
                "Move /etc/"
                    + EtcDirectory.parent(conflict.path())
                    + " away, or deploy with --no-merge.");
        case BOTH_MODIFIED,
            BOTH_ADDED,
            MODIFIED_HERE_REMOVED_THERE,
            REMOVED_HERE_MODIFIED_THERE -> {
          // The local side wins.
        }
      }
    }
  }
}
