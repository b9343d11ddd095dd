package dev.coppice.transfer.remote;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.repo.Remote;
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

  private final Identity identity;
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

  /**
   * Who a remote is.
   *
   * @param name of the remote whose refs and keys are meant
   * @param collection that its commits must be bound to
   * @param settings its configuration, if it has any
   */
  private record Identity(String name, Optional<String> collection, Optional<Remote> settings) {}

  private RemoteAccess(
      Identity identity, Fetcher fetcher, Servers servers, RemoteSummaries summaries) {
    this.identity = identity;
    this.fetcher = fetcher;
    this.metadata = servers.metadata();
    this.content = servers.content();
    this.summaries = summaries;
  }

  /**
   * Somebody who is not configured.
   *
   * @param url where they serve
   * @param name what stands for them where names of remotes do
   * @param remote the configured remote whose refs they offer
   * @param collection that these refs belong to
   */
  public record Stranger(String url, String name, String remote, CollectionId collection) {}

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
      var summaries =
          new RemoteSummaries(
              new RemoteSummaries.Place(name, fetcher, servers.metadata(), cache(repo, overrides)),
              servers.summary(),
              trust);
      Optional<String> collection =
          remotes.option(name, "collection-id").filter(id -> !id.isEmpty());
      var identity = new Identity(name, collection, remotes.find(name));
      return new RemoteAccess(identity, fetcher, servers, summaries);
    } catch (IOException | RuntimeException e) {
      fetcher.close();
      throw e;
    }
  }

  /**
   * Somebody who is not configured, and offers what belongs to a remote that is. Nothing that is
   * configured for the remote goes to a stranger: no cookies, no headers, no keys. Source: {@code
   * ostree_remote_new_dynamic}.
   */
  public static RemoteAccess ofStranger(Repo repo, Stranger stranger, Overrides overrides)
      throws IOException {
    List<URI> bases = List.of(Urls.parse(stranger.url()));
    Fetcher fetcher = Fetcher.open(overrides.settings());
    var place = new RemoteSummaries.Place(stranger.name(), fetcher, bases, cache(repo, overrides));
    var identity =
        new Identity(stranger.remote(), Optional.of(stranger.collection().id()), Optional.empty());
    return new RemoteAccess(
        identity,
        fetcher,
        new Servers(bases, bases, Optional.empty()),
        new RemoteSummaries(place, Optional.empty(), SummaryTrust.ANYBODY));
  }

  private static SummaryCache cache(Repo repo, Overrides overrides) {
    return new SummaryCache(
        overrides.cache().orElseGet(() -> repo.path().resolve("tmp").resolve("cache")));
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
    return url.startsWith("file:") ? Optional.of(Urls.file(Urls.parse(url))) : Optional.empty();
  }

  /** The name of the remote. */
  public String name() {
    return identity.name();
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
    return object(name, MAX_OBJECT);
  }

  /** The same, where it has at most so many bytes. */
  public Optional<byte[]> object(ObjectName name, long limit) throws IOException {
    String path = RepoLayout.OBJECTS + "/" + RepoLayout.loosePath(name, RepoMode.ARCHIVE);
    return fetcher.fetchBytes(new FetchRequest(content, path, limit));
  }

  /** The collection that its commits must be bound to. */
  public Optional<String> collection() {
    return identity.collection();
  }

  /** The refs that its configuration lists. */
  public List<RefName> branches() {
    return identity.settings().flatMap(remote -> remote.list("branches")).orElse(List.of()).stream()
        .map(RefName::of)
        .toList();
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
