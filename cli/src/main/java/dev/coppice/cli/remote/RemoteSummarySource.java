package dev.coppice.cli.remote;

import dev.coppice.cli.frame.Context;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.remote.RemoteAccess;
import dev.coppice.transfer.remote.SummaryTrust;
import dev.coppice.transfer.remote.VerifiedSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code remote refs} and {@code remote summary} have their summary from.
 *
 * @param repo the repository with the remote
 * @param cache where summaries are kept, instead of the repository
 */
record RemoteSummarySource(Repo repo, Optional<Path> cache) {
  private static final List<String> DEMANDS = List.of("gpg-verify-summary", "sign-verify-summary");

  static RemoteSummarySource of(Repo repo, Context context, @Nullable String cacheDir) {
    return new RemoteSummarySource(repo, Optional.ofNullable(cacheDir).map(context::path));
  }

  /** The summary of a remote; empty when it has none. */
  Optional<VerifiedSummary> fetch(String name) throws IOException {
    Remotes remotes = Remotes.of(repo);
    requireNoSignatures(remotes, name);
    var overrides = new RemoteAccess.Overrides(Optional.empty(), cache, FetchSettings.DEFAULTS);
    try (RemoteAccess access =
        RemoteAccess.open(repo, remotes, name, overrides, SummaryTrust.ANYBODY)) {
      return access.summary();
    }
  }

  /** What is to be verified must not pass unverified. */
  private static void requireNoSignatures(Remotes remotes, String name) {
    for (String key : DEMANDS) {
      Optional<String> value = remotes.option(name, key).map(String::strip);
      if (value.isPresent() && !value.get().equals("false") && !value.get().equals("0")) {
        throw new Failure(
            ErrorCode.SIGNATURE_INVALID,
            "Remote \"" + name + "\" has " + key + " set, and this build verifies no signatures",
            "Ask with another OSTree until then, or unset it if the server is trusted.");
      }
    }
  }
}
