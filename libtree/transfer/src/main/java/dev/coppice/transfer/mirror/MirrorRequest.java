package dev.coppice.transfer.mirror;

import dev.coppice.sign.Signer;
import dev.coppice.transfer.fetch.FetchSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What to mirror and how.
 *
 * @param remotes upstreams, by their names in the repository's configuration; at least one
 * @param selection which of their refs
 * @param depth ancestors of each commit to bring over as well, or -1 for all
 * @param publication how it is signed and switched
 * @param verification what is looked at before anything is published
 * @param retention what is kept
 * @param options any of them
 * @param fetch how files are fetched, to which the settings of each remote are added
 */
public record MirrorRequest(
    List<String> remotes,
    RefSelection selection,
    int depth,
    Publication publication,
    Verification verification,
    Retention retention,
    Set<Option> options,
    FetchSettings fetch) {
  /** Whose signatures the mirror has. */
  public sealed interface Signing {
    /**
     * Those of the upstream: its summary is taken over as it is, which needs one upstream and all
     * of its refs.
     */
    record Upstream() implements Signing {}

    /**
     * The mirror makes its own summary. Commits keep the signatures that they came with.
     *
     * @param summary who signs it; none: it has no signature
     * @param commits who adds a signature to each commit
     */
    record Own(List<Signer> summary, List<Signer> commits) implements Signing {
      /** Copies the lists. */
      public Own {
        summary = List.copyOf(summary);
        commits = List.copyOf(commits);
      }
    }
  }

  /**
   * How a new state is published.
   *
   * @param settle how long a signature file stands that fits the old and the new summary: longer
   *     than clients take from reading the signature to reading the summary
   */
  public record Publication(Signing signing, Duration settle) {
    /** Several round trips of a slow line. */
    public static final Duration DEFAULT_SETTLE = Duration.ofSeconds(3);
  }

  /** What is looked at before refs move. What comes from an upstream is verified in any case. */
  public enum Verification {
    /** What comes; what is here already is believed to be whole. */
    FETCHED,
    /** Whether each object is there that the commits need which refs will point to. */
    COMPLETE,
    /** That, and that each of them is what its name says, read from the disk. */
    FULL
  }

  /** What can be asked for beside. */
  public enum Option {
    /** Find out what would be done, and do nothing. */
    DRY_RUN,
    /** Delete refs that an upstream does not have any more, or that are not selected any more. */
    DELETE_REFS,
    /** Bring over the static deltas that lead to the selected commits. */
    DELTAS,
    /** Refuse commits that are older than what a ref has. */
    TIMESTAMP_CHECK,
    /** Do not force data to disk. */
    DISABLE_FSYNC
  }

  /** Copies the collections. */
  public MirrorRequest {
    remotes = List.copyOf(remotes);
    options = Set.copyOf(options);
    if (remotes.isEmpty()) {
      throw new IllegalArgumentException("no remote");
    }
  }

  /** The same with other options. */
  public MirrorRequest with(Set<Option> others) {
    return new MirrorRequest(
        remotes, selection, depth, publication, verification, retention, others, fetch);
  }

  boolean asks(Option option) {
    return options.contains(option);
  }
}
