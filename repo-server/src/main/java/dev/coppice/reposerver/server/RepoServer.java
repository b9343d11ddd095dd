package dev.coppice.reposerver.server;

import dev.coppice.core.failure.Failure;
import dev.coppice.reposerver.PagesMaker;
import dev.coppice.reposerver.access.Callers;
import dev.coppice.reposerver.access.Gate;
import dev.coppice.reposerver.access.Tokens;
import dev.coppice.reposerver.delta.DeltaKeeper;
import dev.coppice.reposerver.delta.DeltaTelling;
import dev.coppice.reposerver.file.RepoFiles;
import dev.coppice.reposerver.http.Insight;
import dev.coppice.reposerver.http.Mount;
import dev.coppice.reposerver.http.Observer;
import dev.coppice.reposerver.http.PlainErrors;
import dev.coppice.reposerver.http.RootHandler;
import dev.coppice.reposerver.http.Routes;
import dev.coppice.reposerver.mirror.MirrorTelling;
import dev.coppice.reposerver.mirror.Mirrors;
import dev.coppice.reposerver.mirror.Turns;
import dev.coppice.reposerver.observe.AccessLog;
import dev.coppice.reposerver.observe.Metrics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A running server. */
public final class RepoServer implements AutoCloseable {
  /** Requests that wait for a disk; those that wait for a client take no thread. */
  private static final int THREADS = 64;

  private final ServerSettings settings;
  private final Consumer<String> report;
  private final Server server = new Server(threads());
  private final Reloads reloads;
  private final Turns turns = new Turns();
  private volatile Optional<Mirrors> mirrors = Optional.empty();
  private volatile Optional<DeltaKeeper> deltas = Optional.empty();

  /** What to close, last opened first. */
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private RepoServer(ServerSettings settings, Consumer<String> report) {
    this.settings = settings;
    this.report = report;
    this.reloads = new Reloads(report);
  }

  /**
   * Starts a server; when this returns it answers.
   *
   * @param report takes messages for the operator, each a line
   * @throws Failure when a repository cannot be served, an address cannot be listened on, or a file
   *     cannot be used
   */
  public static RepoServer start(ServerSettings settings, PagesMaker pages, Consumer<String> report)
      throws IOException {
    var made = new RepoServer(settings, report);
    try {
      made.start(pages);
      return made;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    } catch (Exception e) {
      made.close();
      throw new IOException(e);
    }
  }

  private static QueuedThreadPool threads() {
    var pool = new QueuedThreadPool(THREADS, 4);
    pool.setName("server");
    return pool;
  }

  private void start(PagesMaker pages) throws Exception {
    opened.push(reloads);
    Gate gate = gate();
    var metrics = new Metrics();
    List<Mount> mounts = mounts(pages);
    var routes = new Routes(mounts, pages.root(mounts.stream().map(Mount::prefix).toList()));
    var telling = new MirrorTelling(() -> mirrors.map(Mirrors::statuses).orElse(List.of()));
    var deltaTelling = new DeltaTelling(() -> deltas.map(DeltaKeeper::statuses).orElse(List.of()));
    var insight = new Insight(metrics, () -> telling.health() + deltaTelling.health());
    var root = new RootHandler(routes, settings.limits().cacheBytes(), gate, insight, report);
    server.setHandler(new GracefulHandler(root));
    server.setErrorHandler(new PlainErrors());
    server.setStopTimeout(settings.limits().stop().toMillis());
    boolean named = !mounts.getFirst().prefix().isEmpty();
    server.setRequestLog(new Observer(metrics, log(metrics), gate, named));
    connect(metrics);
    opened.push(server::stop);
    server.start();
    if (settings.jobs().mirrors().isPresent()) {
      mirror(settings.jobs().mirrors().get());
      metrics.families(telling::metrics);
    }
    if (settings.jobs().deltas().isPresent()) {
      keepDeltas(settings.jobs().deltas().get());
      metrics.families(deltaTelling::metrics);
    }
    reloads.start(settings.limits().look());
  }

  private void mirror(Path file) throws IOException {
    Mirrors started = Mirrors.start(file, settings.limits().stop(), turns, report);
    mirrors = Optional.of(started);
    opened.push(started);
    reloads.watch(List.of(file), started::reload);
  }

  private void keepDeltas(Path file) throws IOException {
    DeltaKeeper started = DeltaKeeper.start(file, settings.limits().stop(), turns, report);
    deltas = Optional.of(started);
    opened.push(started);
    reloads.watch(List.of(file), started::reload);
  }

  private Gate gate() throws IOException {
    AccessSettings access = settings.access();
    var callers = new Callers(access.proxies());
    if (access.tokens().isEmpty()) {
      return new Gate(access.addresses(), access.metrics(), callers, Optional.empty());
    }
    Path file = access.tokens().get();
    var gate =
        new Gate(access.addresses(), access.metrics(), callers, Optional.of(Tokens.read(file)));
    reloads.watch(List.of(file), () -> gate.replace(Tokens.read(file)));
    return gate;
  }

  private List<Mount> mounts(PagesMaker pages) throws IOException {
    var mounts = new ArrayList<Mount>();
    for (ServedRepo repo : settings.repos()) {
      RepoFiles files = RepoFiles.open(repo.path());
      opened.push(files);
      mounts.add(new Mount(repo.prefix(), files, pages.of(files.place(), repo.prefix())));
    }
    return mounts;
  }

  private Optional<AccessLog> log(Metrics metrics) throws IOException {
    if (settings.log().isEmpty()) {
      return Optional.empty();
    }
    LogSettings wanted = settings.log().get();
    AccessLog log = AccessLog.open(wanted.file(), wanted.format(), report);
    opened.push(log);
    metrics.counter("coppice_log_dropped_total", "Lines of the log that were lost.", log::dropped);
    return Optional.of(log);
  }

  private void connect(Metrics metrics) throws IOException {
    Optional<KeyStore> keys = Optional.empty();
    if (settings.tls().isPresent()) {
      keys = Optional.of(settings.tls().get().read());
    }
    var connectors = new Connectors(server, keys);
    settings
        .tls()
        .ifPresent(
            tls ->
                reloads.watch(
                    List.of(tls.certificates(), tls.key()), () -> connectors.reload(tls.read())));
    for (Listen listen : settings.listen()) {
      connectors.add(listen);
    }
    var limit = new NetworkConnectionLimit(settings.limits().connections(), server);
    server.addBean(limit);
    metrics.gauge("coppice_connections", "Open connections.", limit::getNetworkConnectionCount);
  }

  /** Where it listens, with the ports that the system gave. */
  public List<URI> addresses() {
    var addresses = new ArrayList<URI>();
    for (int i = 0; i < settings.listen().size(); i++) {
      int port = ((ServerConnector) server.getConnectors()[i]).getLocalPort();
      addresses.add(URI.create(settings.listen().get(i).url(port)));
    }
    return List.copyOf(addresses);
  }

  /** Reads everything again that may change: certificates, tokens, mirrors, deltas. */
  public void reload() {
    reloads.now();
  }

  /** Waits until the server has ended. */
  public void join() throws InterruptedException {
    server.join();
  }

  /** Takes no new requests, lets those under way end, and stops. */
  @Override
  public void close() throws IOException {
    Exception first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first instanceof IOException io ? io : new IOException(first);
    }
  }
}
