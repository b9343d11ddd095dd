package dev.coppice.core.commit;

import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.nio.file.Path;

/** Commits over and over, as a process that can be killed. */
final class CommitProcess {
  private CommitProcess() {}

  /** Takes repository and tree. */
  public static void main(String[] args) throws IOException {
    try (Repo repo = Repo.open(Path.of(args[0]))) {
      for (int i = 0; i < 50; i++) {
        CommitFailuresTest.commit(repo, Path.of(args[1]));
      }
    }
  }
}
