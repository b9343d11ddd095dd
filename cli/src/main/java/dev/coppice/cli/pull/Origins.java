package dev.coppice.cli.pull;

import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.pull.LocalOrigin;
import dev.coppice.transfer.pull.Origin;
import dev.coppice.transfer.pull.RemoteOrigin;
import dev.coppice.transfer.pull.RemoteTrusts;
import dev.coppice.transfer.remote.RemoteAccess;
import dev.coppice.transfer.remote.VerifiedSummary;
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
    if (directory.isPresent() && !trusts.summary().demanded()) {
      return local(directory.get(), name, trusts);
    }
    RemoteAccess access = RemoteAccess.open(repo, remotes, name, overrides, trusts.summary());
    if (directory.isPresent()) {
      try (access) {
        // Fails when it is not signed as is demanded.
        Optional<VerifiedSummary> _ = access.summary();
      }
      return local(directory.get(), name, trusts);
    }
    return new Opened(new RemoteOrigin(access, trusts.commits()), Optional.empty());
  }

  private static Opened local(Path directory, String name, RemoteTrusts trusts) throws IOException {
    Repo source = Repo.open(directory);
    var origin = new LocalOrigin(source, Optional.of(RemoteName.of(name)), trusts.commits());
    return new Opened(origin, Optional.of(source));
  }
}
