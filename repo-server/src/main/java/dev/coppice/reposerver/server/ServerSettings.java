package dev.coppice.reposerver.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server is to do.
 *
 * @param repos at least one; one without a name is the only one
 * @param listen at least one
 * @param tls needed when an address is secure
 * @param log empty for none
 * @param jobs what it does beside serving
 */
public record ServerSettings(
    List<ServedRepo> repos,
    List<Listen> listen,
    Optional<TlsFiles> tls,
    AccessSettings access,
    Optional<LogSettings> log,
    Jobs jobs,
    Limits limits) {
  /**
   * What a server does beside serving.
   *
   * @param mirrors the file that describes what is mirrored by the clock
   * @param deltas the file that describes which deltas are kept up to date
   */
  public record Jobs(Optional<Path> mirrors, Optional<Path> deltas) {
    /** Nothing. */
    public static final Jobs NONE = new Jobs(Optional.empty(), Optional.empty());
  }

  /** Copies the lists. */
  public ServerSettings {
    repos = List.copyOf(repos);
    listen = List.copyOf(listen);
  }

  /** One repository at one address, open to all, without TLS and without a log. */
  public static ServerSettings simple(Path repo, Listen listen) {
    return new ServerSettings(
        List.of(new ServedRepo("", repo)),
        List.of(listen),
        Optional.empty(),
        AccessSettings.OPEN,
        Optional.empty(),
        Jobs.NONE,
        Limits.DEFAULT);
  }
}
