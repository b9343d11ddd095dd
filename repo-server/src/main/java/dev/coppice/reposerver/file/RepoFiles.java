package dev.coppice.reposerver.file;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.RepoConfig;
import dev.coppice.core.store.RepoMode;
import dev.coppice.posix.Beneath;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of one repository. Any thread may open; the directory stays open until closed. */
public final class RepoFiles implements AutoCloseable {
  private final Path place;
  private final Fd directory;

  private RepoFiles(Path place, Fd directory) {
    this.place = place;
    this.directory = directory;
  }

  /**
   * Opens a repository.
   *
   * @throws Failure when it is none, or not one that clients can pull from
   */
  public static RepoFiles open(Path place) throws IOException {
    Path real = place.toRealPath();
    var config = new RepoConfig(KeyFile.read(real.resolve("config")));
    config.check();
    if (config.mode() != RepoMode.ARCHIVE) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          "Clients cannot pull over HTTP from " + place + ", whose mode is not archive",
          "Make one with 'coppice --repo=NEW init --mode=archive' and fill it with"
              + " 'coppice --repo=NEW pull-local "
              + place
              + "'.");
    }
    Fd directory = Fs.openDir(Fd.CWD, real.toString());
    try {
      for (String name : new String[] {"objects", "refs"}) {
        requireInside(place, directory, name);
      }
      return new RepoFiles(real, directory);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static void requireInside(Path place, Fd directory, String name) throws IOException {
    try (Fd inside = Beneath.openIfExists(directory, name)) {
      if (inside == null) {
        throw new Failure(
            ErrorCode.REPO_UNSUITABLE,
            place.resolve(name)
                + " is missing or a symbolic link, which the server does not follow",
            "Mount the other directory there (mount --bind), or serve the one it points into.");
      }
    }
  }

  /** Where the repository is; without symbolic links. */
  public Path place() {
    return place;
  }

  /** Opens a file, or returns empty when it is not there or not a regular file inside. */
  public Optional<OpenedFile> open(RepoPath path) throws IOException {
    // Aliases of refs are links; nothing else that is served may be one.
    Fd fd =
        path.kind() == FileKind.REF
            ? Beneath.openFollowingIfExists(directory, path.path())
            : Beneath.openIfExists(directory, path.path());
    if (fd == null) {
      return Optional.empty();
    }
    try {
      FileStat stat = Fs.fstat(fd);
      if (stat.isRegular()) {
        return Optional.of(new OpenedFile(path, fd, stat));
      }
    } catch (IOException | RuntimeException e) {
      fd.close();
      throw e;
    }
    fd.close();
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
