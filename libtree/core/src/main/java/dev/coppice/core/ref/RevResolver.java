package dev.coppice.core.ref;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Turns revisions into commits: checksum, then shortened checksum, then ref. */
public final class RevResolver {
  private final RefLookup refs;
  private final CommitLookup commits;

  /** A resolver over these refs and commits. */
  public RevResolver(RefLookup refs, CommitLookup commits) {
    this.refs = refs;
    this.commits = commits;
  }

  /**
   * The commit of a revision, remotes included.
   *
   * @throws Failure with {@link ErrorCode#REV_NOT_FOUND} or {@link ErrorCode#REV_AMBIGUOUS}
   */
  public Checksum resolve(RevSpec rev) throws IOException {
    return find(rev, RefScope.REMOTES_TOO)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.REV_NOT_FOUND,
                    "Refspec '" + named(rev) + "' not found",
                    "List the refs to see which exist"));
  }

  /**
   * The commit of a revision; empty when its ref does not exist. A whole checksum is not looked for
   * in the store.
   *
   * @throws Failure with {@link ErrorCode#REV_AMBIGUOUS}, or {@link ErrorCode#REV_NOT_FOUND} when a
   *     commit has no parent
   */
  public Optional<Checksum> find(RevSpec rev, RefScope scope) throws IOException {
    return switch (rev) {
      case RevSpec.Exact exact -> Optional.of(exact.checksum());
      case RevSpec.Parent parent -> {
        Optional<Checksum> child = find(parent.of(), RefScope.REMOTES_TOO);
        yield child.isEmpty() ? child : Optional.of(parentOf(child.get()));
      }
      case RevSpec.Named named -> {
        Optional<Checksum> partial = named.maybePartial() ? partial(named) : Optional.empty();
        yield partial.isPresent() ? partial : ref(named.spec(), scope);
      }
    };
  }

  private Checksum parentOf(Checksum child) throws IOException {
    return commits
        .parentOf(child)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.REV_NOT_FOUND,
                    "Commit " + child + " has no parent",
                    "It is the first of its history; use fewer ^"));
  }

  private Optional<Checksum> partial(RevSpec.Named named) throws IOException {
    List<Checksum> found = commits.commitsStartingWith(named.toString());
    if (found.size() > 1) {
      throw new Failure(
          ErrorCode.REV_AMBIGUOUS, "Refspec " + named + " not unique", "Give more digits");
    }
    return found.stream().findFirst();
  }

  private Optional<Checksum> ref(RefSpec spec, RefScope scope) throws IOException {
    String name = spec.ref().name();
    // remote:CHECKSUM is that checksum: a ref never looks like one.
    return Checksum.isHex(name) ? Optional.of(Checksum.ofHex(name)) : refs.find(spec, scope);
  }

  /** The ref behind parents, which is what was not found. */
  private static RevSpec named(RevSpec rev) {
    return rev instanceof RevSpec.Parent parent ? named(parent.of()) : rev;
  }
}
