package dev.coppice.core.prune;

import dev.coppice.core.repo.Repo;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import java.io.IOException;

/** Summaries of remotes, kept in {@code tmp/cache/summaries} as NAME and NAME.sig. */
final class SummaryCache {
  private static final String DIRECTORY = "tmp/cache/summaries";
  private static final String SIGNATURE = ".sig";

  private final Repo repo;

  SummaryCache(Repo repo) {
    this.repo = repo;
  }

  /** Deletes what belongs to a remote that is no longer configured. */
  void deleteWithoutRemote() throws IOException {
    try (Fd directory = Fs.openDirIfExists(repo.descriptor(), DIRECTORY)) {
      if (directory == null) {
        return;
      }
      for (DirEntry entry : DirStream.list(directory)) {
        String name = entry.name();
        String remote =
            name.endsWith(SIGNATURE) && name.length() > SIGNATURE.length()
                ? name.substring(0, name.length() - SIGNATURE.length())
                : name;
        if (!repo.config().file().hasGroup("remote \"" + remote + "\"")) {
          Fs.unlinkIfExists(directory, name);
        }
      }
    }
  }
}
