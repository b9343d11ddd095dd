package dev.coppice.cli.remote;

import dev.coppice.cli.frame.Context;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.pull.RemoteTrusts;
import dev.coppice.transfer.remote.RemoteAccess;
import dev.coppice.transfer.remote.VerifiedSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code remote refs} and {@code remote summary} have their summary from.
 *
 * @param repo the repository with the remote
 * @param cache where summaries are kept, instead of the repository
 */
record RemoteSummarySource(Repo repo, Optional<Path> cache) {
  static RemoteSummarySource of(Repo repo, Context context, @Nullable String cacheDir) {
    return new RemoteSummarySource(repo, Optional.ofNullable(cacheDir).map(context::path));
  }

  /** The summary of a remote; empty when it has none. */
  Optional<VerifiedSummary> fetch(String name) throws IOException {
    Remotes remotes = Remotes.of(repo);
    var overrides = new RemoteAccess.Overrides(Optional.empty(), cache, FetchSettings.DEFAULTS);
    try (RemoteAccess access =
        RemoteAccess.open(
            repo, remotes, name, overrides, RemoteTrusts.of(remotes, name).summary())) {
      return access.summary();
    }
  }
}
