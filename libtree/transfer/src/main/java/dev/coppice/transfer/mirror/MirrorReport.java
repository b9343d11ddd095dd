package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.RefAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run did, or would have done.
 *
 * @param dryRun whether nothing was changed
 * @param upstreams one entry for each remote
 * @param verified objects that were looked at before they were published
 * @param summary what became of the summary
 * @param cleaning what was given up
 * @param seconds time it took
 */
public record MirrorReport(
    boolean dryRun,
    List<Upstream> upstreams,
    long verified,
    SummaryChange summary,
    Cleaning cleaning,
    double seconds) {
  /**
   * What came from one remote.
   *
   * @param failure why nothing did; the other numbers are 0 then
   * @param refs refs that changed, in the order of their names
   * @param unchanged number of refs that did not
   * @param transfer what came
   */
  public record Upstream(
      String remote,
      Optional<TreeException> failure,
      List<RefChange> refs,
      int unchanged,
      Transfer transfer) {
    /** Copies the list. */
    public Upstream {
      refs = List.copyOf(refs);
    }
  }

  /**
   * A ref that changed.
   *
   * @param before what it pointed to; empty: it is new
   * @param after what it points to now; empty: it was deleted
   * @param version of the new commit, if it has one
   */
  public record RefChange(
      RefAddress ref,
      Optional<Checksum> before,
      Optional<Checksum> after,
      Optional<String> version) {}

  /**
   * What came, or will come.
   *
   * @param metadata commits, dirtrees and dirmetas
   * @param files file objects
   * @param deltas static deltas
   * @param bytes that came over the network, or, of a dry run, that will come for files; empty:
   *     unknown
   */
  public record Transfer(long metadata, long files, int deltas, OptionalLong bytes) {
    static final Transfer NOTHING = new Transfer(0, 0, 0, OptionalLong.of(0));
  }

  /** What became of the summary. */
  public enum SummaryChange {
    /** It is as it was. */
    UNCHANGED,
    /** It is the upstream's new one. */
    TAKEN_OVER,
    /** It was made anew. */
    MADE
  }

  /**
   * What was given up.
   *
   * @param retired commits that were retired, or would be
   * @param waiting commits that were retired earlier, whose grace time is not over
   * @param objects objects that were deleted
   * @param bytes what they took
   * @param deltas static deltas that were deleted
   * @param postponed whether the next run has to do it, because the repository was in use
   */
  public record Cleaning(
      List<Checksum> retired,
      int waiting,
      long objects,
      long bytes,
      int deltas,
      boolean postponed) {
    static final Cleaning NONE = new Cleaning(List.of(), 0, 0, 0, 0, false);

    /** Copies the list. */
    public Cleaning {
      retired = List.copyOf(retired);
    }
  }

  /** Copies the list. */
  public MirrorReport {
    upstreams = List.copyOf(upstreams);
  }

  /** Whether anything that clients see has changed. */
  public boolean changed() {
    return summary != SummaryChange.UNCHANGED
        || upstreams.stream().anyMatch(upstream -> !upstream.refs().isEmpty());
  }

  /** Whether a remote could not be mirrored. */
  public boolean failed() {
    return upstreams.stream().anyMatch(upstream -> upstream.failure().isPresent());
  }
}
