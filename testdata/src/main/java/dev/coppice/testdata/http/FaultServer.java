package dev.coppice.testdata.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/**
 * Serves a directory at a free port of the loopback interface: HTTP/1.1 with strong tags, ranges
 * and conditions, and the faults it is told. Faults that are queued for a path are used up, one a
 * request, before those that are random, and before the one for all.
 */
public final class FaultServer implements AutoCloseable {
  private final Path root;
  private final ServerSocket listener;
  private final boolean secure;
  private final FaultScript script = new FaultScript();
  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile Optional<String> credentials = Optional.empty();

  private FaultServer(Path root, ServerSocket listener, boolean secure) {
    this.root = root;
    this.listener = listener;
    this.secure = secure;
    Thread.ofPlatform().daemon().name("fault-server").start(this::accept);
  }

  /** A server without TLS. */
  public static FaultServer start(Path root) {
    return start(root, ServerSocketFactory.getDefault(), false);
  }

  /** A server with TLS. */
  public static FaultServer startTls(Path root, ServerSocketFactory tls) {
    return start(root, tls, true);
  }

  private static FaultServer start(Path root, ServerSocketFactory sockets, boolean secure) {
    try {
      return new FaultServer(
          root, sockets.createServerSocket(0, 0, InetAddress.getLoopbackAddress()), secure);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the directory is served. */
  public URI uri() {
    return URI.create((secure ? "https" : "http") + "://localhost:" + listener.getLocalPort());
  }

  /** The next requests for a path ({@code /} in front) meet these faults, one each. */
  public FaultServer queue(String path, Fault... faults) {
    script.queue(path, List.of(faults));
    return this;
  }

  /** All requests without another fault meet this one. */
  public FaultServer always(Fault fault) {
    script.always(fault);
    return this;
  }

  /** Of a thousand requests, so many meet one of these faults; the same ones for the same seed. */
  public FaultServer randomly(long seed, int perMille, Fault... faults) {
    script.randomly(seed, perMille, List.of(faults));
    return this;
  }

  /** Only this user gets anything. */
  public FaultServer requireBasic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    credentials = Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    return this;
  }

  /** What came so far. */
  public List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  Path root() {
    return root;
  }

  Fault received(ReceivedRequest request) {
    requests.add(request);
    boolean allowed = credentials.isEmpty() || request.header("authorization").equals(credentials);
    return allowed ? script.next(request.path()) : new Fault.Status(401);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // Closed, which the loop sees; or a client that went away before it was taken.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Connection(this, socket).run();
    } catch (IOException e) {
      // The client broke off, as it may.
    } finally {
      connections.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket each : connections) {
      each.close();
    }
  }
}
