package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.store.FsyncPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to pull.
 *
 * @param wanted refs and commits; empty: every ref of a local source, of a remote the branches of
 *     its configuration, or in mirror mode all that it has
 * @param scope how much of them
 * @param options any of them
 * @param caches repositories on this machine that are asked for objects first
 * @param fsync when data is forced to disk
 */
public record PullRequest(
    List<Wanted> wanted, Scope scope, Set<Option> options, List<Path> caches, FsyncPolicy fsync) {
  /** One ref or commit. */
  public sealed interface Wanted {
    /** A commit, asked for by checksum. No ref moves to it. */
    record OfCommit(Checksum commit) implements Wanted {}

    /**
     * A ref.
     *
     * @param collection where it is; empty: the source's own
     * @param commit what it is to be instead of what the source says it is
     */
    record OfRef(Optional<CollectionId> collection, RefName ref, Optional<Checksum> commit)
        implements Wanted {}

    /**
     * Reads what a user asks for.
     *
     * @param text the checksum of a commit, the name of a ref, or {@code REF@COMMIT}
     * @throws Failure with {@link ErrorCode#REF_INVALID}
     */
    static Wanted parse(String text) {
      if (Checksum.isHex(text)) {
        return new OfCommit(Checksum.ofHex(text));
      }
      int at = text.lastIndexOf('@');
      String name = at < 0 ? text : text.substring(0, at);
      if (!RefName.isValid(name)) {
        throw new Failure(
            ErrorCode.REF_INVALID,
            "Invalid ref name " + name,
            "Name refs of the source's own, as 'refs --list' shows them, or whole checksums.");
      }
      Optional<Checksum> commit =
          at < 0 ? Optional.empty() : Optional.of(commit(text.substring(at + 1)));
      return new OfRef(Optional.empty(), RefName.of(name), commit);
    }

    private static Checksum commit(String text) {
      if (!Checksum.isHex(text)) {
        throw new Failure(
            ErrorCode.REF_INVALID,
            "Invalid rev " + text,
            "Behind the @ stands the whole checksum of a commit: 64 hexadecimal digits.");
      }
      return Checksum.ofHex(text);
    }
  }

  /**
   * How much of what was asked for.
   *
   * @param depth ancestors to pull as well, or -1 for all
   * @param subpaths only these paths of the trees, each from {@code /}; empty: all. Commits stay
   *     marked as partial
   * @param newerThan a revision of the destination that commits must not be older than
   */
  public record Scope(int depth, List<String> subpaths, Optional<String> newerThan) {
    /** The commits themselves, whole. */
    public static final Scope COMMITS = new Scope(0, List.of(), Optional.empty());

    /** Copies the list. */
    public Scope {
      subpaths = List.copyOf(subpaths);
    }
  }

  /** What can be asked for. */
  public enum Option {
    /** Verify the checksum of every object, even where a link would do. */
    UNTRUSTED,
    /** Do not verify files that a mirror takes over as they are. */
    HTTP_TRUSTED,
    /** Refuse regular files with mode bits outside of 0775. */
    BAREUSERONLY_FILES,
    /** Pull commits without their trees; they stay marked as partial. */
    COMMIT_METADATA_ONLY,
    /** Do not check that commits were made for the refs that they are pulled for. */
    DISABLE_VERIFY_BINDINGS,
    /** Write refs as a mirror has them, not under the name of the remote. */
    MIRROR,
    /** Bring everything over, but move no ref; the result says which would have moved. */
    LEAVE_REFS,
    /** Refuse commits that are older than what a ref has now. */
    TIMESTAMP_CHECK,
    /** Fetch objects one by one, even where there are static deltas. */
    DISABLE_STATIC_DELTAS,
    /** Fail where there are no static deltas. */
    REQUIRE_STATIC_DELTAS,
    /** Find out what would be fetched, and stop. */
    DRY_RUN
  }

  /** Copies the collections. */
  public PullRequest {
    wanted = List.copyOf(wanted);
    options = Set.copyOf(options);
    caches = List.copyOf(caches);
  }

  boolean asks(Option option) {
    return options.contains(option);
  }
}
