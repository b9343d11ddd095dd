package dev.coppice.core.repo;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The marks that say which commits are only partly there, {@code state/COMMIT.commitpartial}.
 * Source: {@code ostree_repo_mark_commit_partial_reason}.
 */
public final class PartialCommits {
  /** Whether all objects of a commit are there. */
  public enum State {
    /** They are. */
    COMPLETE,
    /** Some may be missing: a pull was interrupted or fetched a part on purpose. */
    PARTIAL,
    /** Some are missing: fsck found that out. */
    DAMAGED
  }

  private static final String BY_FSCK = "f";

  private final Repo repo;

  PartialCommits(Repo repo) {
    this.repo = repo;
  }

  /** The state of a commit; that of a parent's commit is the parent's to say. */
  public State state(Checksum commit) throws IOException {
    if (repo.parent().isPresent() && !repo.store().has(ObjectName.commit(commit))) {
      return repo.parent().get().partialCommits().state(commit);
    }
    Path mark = repo.path().resolve(RepoLayout.partialMark(commit));
    try {
      String reason = Files.readString(mark, StandardCharsets.UTF_8);
      return reason.startsWith(BY_FSCK) ? State.DAMAGED : State.PARTIAL;
    } catch (NoSuchFileException e) {
      return State.COMPLETE;
    }
  }

  /** Sets the state of a commit. A mark that is there already keeps its reason. */
  public void mark(Checksum commit, State state) throws IOException {
    String mark = RepoLayout.partialMark(commit);
    if (state == State.COMPLETE) {
      Fs.unlinkIfExists(repo.descriptor(), mark);
      return;
    }
    if (Fs.statIfExists(repo.descriptor(), mark) != null) {
      return;
    }
    try (Fd file = Fs.open(repo.descriptor(), mark, OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0644)) {
      if (state == State.DAMAGED) {
        Io.writeFully(file, BY_FSCK.getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
