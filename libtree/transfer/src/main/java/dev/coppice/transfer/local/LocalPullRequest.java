package dev.coppice.transfer.local;

import dev.coppice.core.store.FsyncPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to pull.
 *
 * @param revs refs of the source, or checksums of commits; empty: every ref of the source
 * @param remote the remote whose refs are updated; empty: the local refs of the same names
 * @param depth ancestors to pull as well, or -1 for all
 * @param options any of them
 * @param fsync when data is forced to disk
 */
public record LocalPullRequest(
    List<String> revs, Optional<String> remote, int depth, Set<Option> options, FsyncPolicy fsync) {
  /** What can be asked for. */
  public enum Option {
    /** Verify the checksum of every object, even where a link would do. */
    UNTRUSTED,
    /** Refuse regular files with mode bits outside of 0775. */
    BAREUSERONLY_FILES,
    /** Pull commits without their trees; they stay marked as partial. */
    COMMIT_METADATA_ONLY,
    /** Do not check that commits were made for the refs that they are pulled for. */
    DISABLE_VERIFY_BINDINGS,
    /** Fail where there are no static deltas. */
    REQUIRE_STATIC_DELTAS
  }

  /** Copies the collections. */
  public LocalPullRequest {
    revs = List.copyOf(revs);
    options = Set.copyOf(options);
  }

  boolean asks(Option option) {
    return options.contains(option);
  }
}
