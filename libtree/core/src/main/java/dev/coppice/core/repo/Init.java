package dev.coppice.core.repo;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.core.store.RepoMode;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Makes repositories. Source: {@code repo_create_at_internal}. */
public final class Init {
  private static final List<String> DIRECTORIES =
      List.of(
          "tmp",
          "extensions",
          "state",
          "refs",
          "refs/heads",
          "refs/mirrors",
          "refs/remotes",
          // Last: its presence is what makes the directory a repository.
          RepoLayout.OBJECTS);

  private Init() {}

  /**
   * Makes a repository, or opens the one that is there already, whatever its mode.
   *
   * @throws Failure when the mode is for reading only
   */
  public static Repo run(InitRequest request) throws IOException {
    Path path = request.path();
    if (Repo.isRepo(path)) {
      return Repo.open(path);
    }
    Fs.mkdirIfMissing(Fd.CWD, path.toString(), 0755);
    try (Fd directory = Fs.open(Fd.CWD, path.toString(), OpenFlags.O_DIRECTORY, 0)) {
      if (Fs.statIfExists(directory, RepoLayout.CONFIG) == null) {
        writeConfig(path, request);
      }
      for (String name : DIRECTORIES) {
        Fs.mkdirIfMissing(directory, name, 0755);
      }
      if (request.mode() == RepoMode.BARE_USER) {
        checkUserAttributes(directory, path);
      }
    }
    return Repo.open(path);
  }

  private static void writeConfig(Path path, InitRequest request) throws IOException {
    var text = new StringBuilder("[core]\nrepo_version=1\n");
    text.append("mode=").append(request.mode().configName()).append('\n');
    request.collection().ifPresent(id -> text.append("collection-id=").append(id).append('\n'));
    FileReplacement.write(
        path.resolve(RepoLayout.CONFIG),
        text.toString().getBytes(StandardCharsets.UTF_8),
        Durability.SYNCED);
  }

  /** Better to fail here than at the first object. */
  private static void checkUserAttributes(Fd directory, Path path) throws IOException {
    String probe = "tmp/.attributes-" + Long.toHexString(System.nanoTime());
    int flags = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
    try (Fd file = Fs.open(directory, probe, flags, 0600)) {
      dev.coppice.posix.Xattrs.set(file, "user.ostreemeta", new byte[12]);
    } catch (IOException e) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          "The file system of " + path + " has no user extended attributes: " + e.getMessage(),
          "Use another file system, or the mode bare-user-only or archive.",
          e);
    } finally {
      Fs.unlinkIfExists(directory, probe);
    }
  }
}
