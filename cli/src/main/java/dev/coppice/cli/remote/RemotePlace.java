package dev.coppice.cli.remote;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.SysrootOption;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The repository whose remotes are changed: that of {@code --sysroot}, which wins, or of {@code
 * --repo}.
 */
record RemotePlace(Repo repo, Remotes remotes) implements AutoCloseable {
  static RemotePlace open(Context context, RepoOption repo, SysrootOption sysroot)
      throws IOException {
    if (sysroot.given()) {
      Path root = sysroot.path(context);
      Repo opened = Repo.open(root.resolve("ostree/repo"));
      return new RemotePlace(opened, Remotes.ofSysroot(opened, root));
    }
    Repo opened = Repo.open(repo.path(context));
    return new RemotePlace(opened, Remotes.of(opened));
  }

  @Override
  public void close() throws IOException {
    repo.close();
  }
}
