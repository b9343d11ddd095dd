package dev.coppice.cli.pull;

import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.pull.LocalOrigin;
import dev.coppice.transfer.pull.Origin;
import dev.coppice.transfer.pull.RemoteOrigin;
import dev.coppice.transfer.pull.RemoteTrusts;
import dev.coppice.transfer.remote.RemoteAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens remotes to pull from. */
final class Origins {
  private Origins() {}

  /** An origin, with what is closed after it. */
  record Opened(Origin origin, Optional<Repo> local) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      origin.close();
      if (local.isPresent()) {
        local.get().close();
      }
    }
  }

  /** Opens a remote; one that is a directory of this machine is read without a server. */
  static Opened open(Repo repo, String name, RemoteAccess.Overrides overrides) throws IOException {
    Remotes remotes = Remotes.of(repo);
    RemoteTrusts trusts = RemoteTrusts.of(remotes, name);
    Optional<Path> directory = RemoteAccess.localRepository(remotes, name, overrides.url());
    if (directory.isPresent()) {
      Repo source = Repo.open(directory.get());
      var origin =
          new LocalOrigin(
              source, Optional.of(RemoteName.of(name)), trusts.commits(), trusts.summary());
      return new Opened(origin, Optional.of(source));
    }
    RemoteAccess access = RemoteAccess.open(repo, remotes, name, overrides, trusts.summary());
    return new Opened(new RemoteOrigin(access, trusts.commits()), Optional.empty());
  }
}
