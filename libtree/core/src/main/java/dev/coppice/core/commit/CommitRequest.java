package dev.coppice.core.commit;

import dev.coppice.core.object.Checksum;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A commit to make.
 *
 * @param target where it goes
 * @param content what is in it
 * @param changes what is changed on the way
 * @param description what it says about itself
 * @param flags what else is wanted
 * @param sealer what signs it
 */
public record CommitRequest(
    Target target,
    Content content,
    Changes changes,
    Description description,
    Set<CommitFlag> flags,
    CommitSealer sealer) {
  /** Copies the set. */
  public CommitRequest {
    flags = Set.copyOf(flags);
  }

  /** A commit that is not signed. */
  public CommitRequest(
      Target target,
      Content content,
      Changes changes,
      Description description,
      Set<CommitFlag> flags) {
    this(target, content, changes, description, flags, CommitSealer.NONE);
  }

  /** The same, signed. */
  public CommitRequest sealedBy(CommitSealer sealer) {
    return new CommitRequest(target, content, changes, description, flags, sealer);
  }

  /**
   * Where a commit goes.
   *
   * @param branch the ref that moves to it, or empty for a commit that no ref names
   * @param parent what it follows
   */
  public record Target(Optional<String> branch, Parent parent) {}

  /** What a commit follows. */
  public sealed interface Parent {
    /** What the branch names now, if there is one. */
    record OfBranch() implements Parent {}

    /** Nothing. */
    record None() implements Parent {}

    /** This commit; it need not be there. */
    record Given(Checksum checksum) implements Parent {}
  }

  /**
   * What is in a commit.
   *
   * @param base a revision whose tree is there first, without any changes
   * @param sources what is overlaid, in order
   */
  public record Content(Optional<String> base, List<TreeSource> sources) {
    /** Copies the list. */
    public Content {
      sources = List.copyOf(sources);
    }
  }

  /**
   * What a commit says about itself.
   *
   * @param subject one line, may be empty
   * @param body may be empty
   * @param timestamp seconds since 1970; empty: now
   * @param metadata what is put into it
   */
  public record Description(
      String subject, String body, OptionalLong timestamp, CommitMetadata metadata) {}
}
