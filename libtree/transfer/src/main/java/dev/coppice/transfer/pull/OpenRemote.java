package dev.coppice.transfer.pull;

import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.remote.RemoteAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A configured remote, ready to be pulled from.
 *
 * @param origin what a pull takes
 * @param local the repository, where the remote is a directory of this machine; closed with this
 */
public record OpenRemote(Origin origin, Optional<Repo> local) implements AutoCloseable {
  /**
   * Opens a remote; one that is a directory of this machine is read without a server.
   *
   * @param trusts what it must have signed
   */
  public static OpenRemote open(
      Repo repo,
      Remotes remotes,
      String name,
      RemoteAccess.Overrides overrides,
      RemoteTrusts trusts)
      throws IOException {
    Optional<Path> directory = RemoteAccess.localRepository(remotes, name, overrides.url());
    if (directory.isPresent()) {
      Repo source = Repo.open(directory.get());
      var origin =
          new LocalOrigin(
              source, Optional.of(RemoteName.of(name)), trusts.commits(), trusts.summary());
      return new OpenRemote(origin, Optional.of(source));
    }
    RemoteAccess access = RemoteAccess.open(repo, remotes, name, overrides, trusts.summary());
    return new OpenRemote(new RemoteOrigin(access, trusts.commits()), Optional.empty());
  }

  @Override
  public void close() throws IOException {
    origin.close();
    if (local.isPresent()) {
      local.get().close();
    }
  }
}
