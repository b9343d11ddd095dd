package dev.coppice.reposerver.server;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.reposerver.PagesMaker;
import dev.coppice.reposerver.file.RepoFiles;
import dev.coppice.reposerver.http.Mount;
import dev.coppice.reposerver.http.RootHandler;
import dev.coppice.reposerver.http.SendfileConnector;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A running server. */
public final class RepoServer implements AutoCloseable {
  /** Requests that wait for a disk; those that wait for a client take no thread. */
  private static final int THREADS = 64;

  private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(60);

  private final Server server;
  private final List<RepoFiles> files;
  private final List<URI> addresses;

  private RepoServer(Server server, List<RepoFiles> files, List<URI> addresses) {
    this.server = server;
    this.files = files;
    this.addresses = addresses;
  }

  /**
   * Starts a server; when this returns it answers.
   *
   * @throws Failure when a repository cannot be served or an address cannot be listened on
   */
  public static RepoServer start(ServerSettings settings, PagesMaker pages) throws IOException {
    var files = new ArrayList<RepoFiles>();
    var server = new Server(threads());
    try {
      var mounts = new ArrayList<Mount>();
      for (ServedRepo repo : settings.repos()) {
        RepoFiles opened = RepoFiles.open(repo.path());
        files.add(opened);
        mounts.add(new Mount(repo.prefix(), opened, pages.of(opened.place(), repo.prefix())));
      }
      var root = new RootHandler(mounts, settings.cacheBytes());
      server.setHandler(new GracefulHandler(root));
      server.setStopTimeout(TimeUnit.SECONDS.toMillis(settings.stopSeconds()));
      for (Listen listen : settings.listen()) {
        server.addConnector(connector(server, listen));
      }
      server.start();
      return new RepoServer(server, List.copyOf(files), addresses(server, settings));
    } catch (IOException | RuntimeException e) {
      stop(server, files);
      throw e;
    } catch (Exception e) {
      stop(server, files);
      throw new IOException(e);
    }
  }

  private static QueuedThreadPool threads() {
    var pool = new QueuedThreadPool(THREADS, 4);
    pool.setName("server");
    return pool;
  }

  private static ServerConnector connector(Server server, Listen listen) throws IOException {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    int selectors = Math.max(1, Runtime.getRuntime().availableProcessors());
    var connector =
        new SendfileConnector(
            server,
            1,
            selectors,
            new HttpConnectionFactory(http),
            new HTTP2CServerConnectionFactory(http));
    connector.setHost(listen.host().isEmpty() ? null : listen.host());
    connector.setPort(listen.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    open(connector, listen);
    return connector;
  }

  private static void open(ServerConnector connector, Listen listen) throws IOException {
    try {
      connector.open();
    } catch (UnknownHostException | BindException e) {
      throw cannotListen(listen, e);
    } catch (IOException e) {
      // Jetty wraps what the system said.
      if (e.getCause() instanceof BindException || e.getCause() instanceof UnknownHostException) {
        throw cannotListen(listen, (IOException) e.getCause());
      }
      throw e;
    }
  }

  private static Failure cannotListen(Listen listen, IOException cause) {
    return new Failure(
        ErrorCode.USAGE,
        "Cannot listen on " + listen + ": " + cause.getMessage(),
        "Choose an address of this machine and a port that no other program has"
            + " (below 1024 needs a privilege).",
        cause);
  }

  private static List<URI> addresses(Server server, ServerSettings settings) {
    var addresses = new ArrayList<URI>();
    for (int i = 0; i < settings.listen().size(); i++) {
      int port = ((ServerConnector) server.getConnectors()[i]).getLocalPort();
      addresses.add(URI.create(settings.listen().get(i).url(port)));
    }
    return List.copyOf(addresses);
  }

  /** Where it listens, with the ports that the system gave. */
  public List<URI> addresses() {
    return addresses;
  }

  /** Waits until the server has ended. */
  public void join() throws InterruptedException {
    server.join();
  }

  /** Takes no new requests, lets those under way end, and stops. */
  @Override
  public void close() throws IOException {
    stop(server, files);
  }

  private static void stop(Server server, List<RepoFiles> files) throws IOException {
    try {
      server.stop();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      for (RepoFiles each : files) {
        each.close();
      }
    }
  }
}
