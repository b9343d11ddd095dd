package dev.coppice.core.repo;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The commits from one to its first ancestor, one at a time, so that a long history takes no more
 * memory than its checksums.
 */
public final class CommitHistory {
  /** A commit and its name. */
  public record Entry(Checksum checksum, Commit commit) {}

  /** Takes commits, newest first. */
  @FunctionalInterface
  public interface Visitor {
    /** One more commit. */
    void visit(Entry entry) throws IOException;
  }

  /** How a history ends. */
  public enum End {
    /** With a commit that has no parent. */
    ROOT,
    /** With one whose parent is not in the repository. */
    NOT_FETCHED
  }

  private CommitHistory() {}

  /**
   * Walks from a commit to its first ancestor.
   *
   * @throws MissingObjectException when the first commit is not there
   * @throws CorruptObjectException when a commit cannot be read, or is its own ancestor
   */
  public static End walk(Repo repo, Checksum newest, Visitor visitor) throws IOException {
    Set<Checksum> seen = new HashSet<>();
    Optional<Checksum> next = Optional.of(newest);
    while (next.isPresent()) {
      Checksum checksum = next.get();
      if (!seen.add(checksum)) {
        throw new CorruptObjectException(
            ObjectName.commit(checksum), "it is among its own ancestors");
      }
      Commit commit;
      try {
        commit = repo.loadCommit(checksum);
      } catch (MissingObjectException e) {
        if (seen.size() == 1) {
          throw e;
        }
        return End.NOT_FETCHED;
      }
      visitor.visit(new Entry(checksum, commit));
      next = commit.parent();
    }
    return End.ROOT;
  }
}
