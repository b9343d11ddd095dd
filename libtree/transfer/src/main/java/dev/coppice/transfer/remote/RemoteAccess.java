package dev.coppice.transfer.remote;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.core.store.RepoMode;
import dev.coppice.transfer.fetch.FetchRequest;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.fetch.Fetcher;
import dev.coppice.transfer.fetch.Urls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A remote whose servers are known, with what fetches from them. */
public final class RemoteAccess implements AutoCloseable {
  private static final String MIRRORLIST = "mirrorlist=";

  /** Source: {@code OSTREE_MAX_METADATA_SIZE}. */
  private static final long MAX_OBJECT = 128L << 20;

  private final String name;
  private final Remotes remotes;
  private final Fetcher fetcher;
  private final List<URI> metadata;
  private final List<URI> content;
  private final RemoteSummaries summaries;

  /**
   * What differs from the configuration for one time.
   *
   * @param url instead of the remote's
   * @param cache instead of the repository's {@code tmp/cache}
   * @param settings how files are fetched, to which those of the remote are added
   */
  public record Overrides(Optional<String> url, Optional<Path> cache, FetchSettings settings) {
    /** Nothing differs. */
    public static final Overrides NONE =
        new Overrides(Optional.empty(), Optional.empty(), FetchSettings.DEFAULTS);
  }

  private RemoteAccess(
      String name, Remotes remotes, Fetcher fetcher, Servers servers, RemoteSummaries summaries) {
    this.name = name;
    this.remotes = remotes;
    this.fetcher = fetcher;
    this.metadata = servers.metadata();
    this.content = servers.content();
    this.summaries = summaries;
  }

  private record Servers(List<URI> metadata, List<URI> content, Optional<byte[]> summary) {}

  /**
   * Finds the servers of a remote.
   *
   * @throws Failure when the remote is not there, cannot be used, or its lists of mirrors cannot be
   *     fetched
   */
  public static RemoteAccess open(
      Repo repo, Remotes remotes, String name, Overrides overrides, SummaryTrust trust)
      throws IOException {
    requireUsable(remotes, name);
    FetchSettings settings =
        RemoteSettings.of(remotes, name, overrides.settings(), cookies(repo, name));
    Fetcher fetcher = Fetcher.open(settings);
    try {
      Servers servers = servers(remotes, name, overrides, fetcher);
      Path cache = overrides.cache().orElseGet(() -> repo.path().resolve("tmp").resolve("cache"));
      var summaries =
          new RemoteSummaries(
              new RemoteSummaries.Place(name, fetcher, servers.metadata(), new SummaryCache(cache)),
              servers.summary(),
              trust);
      return new RemoteAccess(name, remotes, fetcher, servers, summaries);
    } catch (IOException | RuntimeException e) {
      fetcher.close();
      throw e;
    }
  }

  private static Optional<Path> cookies(Repo repo, String name) {
    return Optional.of(repo.path().resolve(name + ".cookies.txt")).filter(Files::isRegularFile);
  }

  private static void requireUsable(Remotes remotes, String name) {
    Optional<String> state = remotes.option(name, "unconfigured-state");
    if (state.isPresent()) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          "remote unconfigured-state: " + state.get(),
          "Do what it says: whoever set up this system left it as a note.");
    }
    Optional<String> backend = remotes.option(name, "custom-backend");
    if (backend.isPresent()) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          "Cannot fetch via libostree - remote '"
              + name
              + "' uses custom backend '"
              + backend.get()
              + "'",
          "Pull with the program that this backend belongs to.");
    }
  }

  private static Servers servers(Remotes remotes, String name, Overrides overrides, Fetcher fetcher)
      throws IOException {
    Optional<String> metalink = remotes.option(name, "metalink");
    if (metalink.isPresent() && overrides.url().isEmpty()) {
      Metalink.Found found = Metalink.fetch(fetcher, Urls.parse(metalink.get()));
      List<URI> content = content(remotes, name, fetcher, found.bases());
      return new Servers(found.bases(), content, Optional.of(found.summary()));
    }
    if (overrides.url().isPresent()) {
      List<URI> bases = bases(fetcher, overrides.url().get());
      return new Servers(bases, bases, Optional.empty());
    }
    List<URI> bases = bases(fetcher, remotes.url(name));
    return new Servers(bases, content(remotes, name, fetcher, bases), Optional.empty());
  }

  private static List<URI> content(
      Remotes remotes, String name, Fetcher fetcher, List<URI> metadata) throws IOException {
    Optional<String> url = remotes.option(name, "contenturl");
    return url.isPresent() ? bases(fetcher, url.get()) : metadata;
  }

  private static List<URI> bases(Fetcher fetcher, String url) throws IOException {
    return url.startsWith(MIRRORLIST)
        ? MirrorList.fetch(fetcher, Urls.parse(url.substring(MIRRORLIST.length())))
        : List.of(Urls.parse(url));
  }

  /**
   * The directory of a repository on this machine, when that is what the remote is.
   *
   * @throws Failure when the remote is not there or cannot be used
   */
  public static Optional<Path> localRepository(
      Remotes remotes, String name, Optional<String> override) {
    requireUsable(remotes, name);
    if (override.isEmpty() && remotes.option(name, "metalink").isPresent()) {
      return Optional.empty();
    }
    String url = override.orElseGet(() -> remotes.url(name));
    return url.startsWith("file:")
        ? Optional.of(Path.of(Urls.parse(url).getPath()))
        : Optional.empty();
  }

  /** The name of the remote. */
  public String name() {
    return name;
  }

  /** What fetches. */
  public Fetcher fetcher() {
    return fetcher;
  }

  /** Servers of summaries, refs and signatures. */
  public List<URI> metadata() {
    return metadata;
  }

  /** Servers of objects. */
  public List<URI> content() {
    return content;
  }

  /** The summary, verified; empty when the remote has none. */
  public Optional<VerifiedSummary> summary() throws IOException {
    return summaries.fetch();
  }

  /** A metadata object as it is served, not verified; empty when it is not there. */
  public Optional<byte[]> object(ObjectName name) throws IOException {
    String path = RepoLayout.OBJECTS + "/" + RepoLayout.loosePath(name, RepoMode.ARCHIVE);
    return fetcher.fetchBytes(new FetchRequest(content, path, MAX_OBJECT));
  }

  /** The collection that its commits must be bound to. */
  public Optional<String> collection() {
    return remotes.option(name, "collection-id").filter(id -> !id.isEmpty());
  }

  /** The refs that its configuration lists. */
  public List<RefName> branches() {
    return remotes.find(name).flatMap(remote -> remote.list("branches")).orElse(List.of()).stream()
        .map(RefName::of)
        .toList();
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
