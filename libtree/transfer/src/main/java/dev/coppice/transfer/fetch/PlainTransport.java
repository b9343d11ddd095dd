package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 without TLS and proxies: a request is one write and, for a small object, one read on a
 * thread that waits. The JDK's client, which does all else, takes a multiple of that for each
 * request, and a repository is tens of thousands of small objects.
 */
final class PlainTransport implements Transport {
  private static final int MAX_CONNECT_MILLIS = 30_000;
  private static final int HTTP_PORT = 80;

  private final StallWatch watch;
  private final int connectMillis;
  private final Map<String, ArrayDeque<PlainConnection>> idle = new HashMap<>();
  private final Set<PlainConnection> open = ConcurrentHashMap.newKeySet();
  private boolean closed;

  PlainTransport(FetchSettings settings) {
    Duration patience = settings.retry().slowTime();
    this.watch = new StallWatch(patience);
    this.connectMillis = (int) Math.min(MAX_CONNECT_MILLIS, patience.toMillis());
  }

  @Override
  public Reply send(Call call) throws IOException {
    byte[] request = request(call);
    while (true) {
      PlainConnection connection = connection(call.uri());
      boolean used = connection.used();
      StallWatch.Watched watched = connection.watched();
      try {
        watched.begin();
        connection.send(request);
        ReplyHead head = connection.head();
        return new Reply(head.status(), head.asFields(), body(call, connection, head));
      } catch (IOException e) {
        forget(connection);
        boolean stale =
            used && (e instanceof EOFException || e instanceof SocketException) && !isInterrupted();
        if (!stale || watched.stalled()) {
          throw failed(call, e, watched.stalled());
        }
        // The server had closed it meanwhile, as it may: the next one is asked, or a new one.
      } finally {
        watched.end();
      }
    }
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private InputStream body(Call call, PlainConnection connection, ReplyHead head)
      throws IOException {
    return new PlainBody(
        connection, head.framing(call.head()), () -> release(call.uri(), connection, head));
  }

  private static byte[] request(Call call) {
    URI uri = call.uri();
    var text = new StringBuilder(256);
    text.append(call.head() ? "HEAD " : "GET ");
    String path = uri.getRawPath();
    text.append(path == null || path.isEmpty() ? "/" : path);
    if (uri.getRawQuery() != null) {
      text.append('?').append(uri.getRawQuery());
    }
    text.append(" HTTP/1.1\r\nHost: ").append(host(authority(uri))).append("\r\n");
    for (FetchSettings.Header header : call.headers()) {
      text.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    text.append("\r\n");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Without the interface of a link-local address. Source: RFC 6874, section 4. */
  static String host(String authority) {
    int scope = authority.indexOf('%');
    return scope < 0
        ? authority
        : authority.substring(0, scope) + authority.substring(authority.indexOf(']', scope));
  }

  private static String authority(URI uri) {
    return uri.getPort() < 0 || uri.getPort() == HTTP_PORT
        ? uri.getHost()
        : uri.getHost() + ":" + uri.getPort();
  }

  private PlainConnection connection(URI uri) throws IOException {
    PlainConnection free = free(authority(uri));
    if (free != null) {
      return free;
    }
    int port = uri.getPort() < 0 ? HTTP_PORT : uri.getPort();
    PlainConnection made;
    try {
      made = PlainConnection.open(uri.getHost(), port, connectMillis, watch, open);
    } catch (IOException e) {
      throw unreachable(uri, e);
    }
    synchronized (this) {
      if (closed) {
        forget(made);
        throw unreachable(uri, new IOException("closed"));
      }
    }
    return made;
  }

  /** The connection that was used last, so that those that are not needed grow old. */
  private synchronized @Nullable PlainConnection free(String authority) {
    ArrayDeque<PlainConnection> all = idle.get(authority);
    return all == null ? null : all.poll();
  }

  private void release(URI uri, PlainConnection connection, ReplyHead head) {
    if (!head.persistent() || connection.hasLeftover()) {
      forget(connection);
      return;
    }
    synchronized (this) {
      if (!closed) {
        idle.computeIfAbsent(authority(uri), _ -> new ArrayDeque<>()).push(connection);
        return;
      }
    }
    forget(connection);
  }

  private void forget(PlainConnection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // Nothing is lost with it.
    }
  }

  private static IOException failed(Call call, IOException e, boolean stalled) {
    if (stalled) {
      return new NetworkException(
          ErrorCode.NETWORK_STALLED,
          call.uri(),
          "no answer within " + call.patience().toSeconds() + " seconds",
          "See whether the server is overloaded, and try again later.",
          Duration.ZERO);
    }
    if (e instanceof NetworkException || isInterrupted()) {
      return e;
    }
    return unreachable(call.uri(), e);
  }

  private static NetworkException unreachable(URI uri, IOException e) {
    String reason =
        switch (e) {
          case UnknownHostException _ -> "Could not resolve hostname";
          case ConnectException c -> "Could not connect to server: " + c.getMessage();
          case ProtocolException p -> "Not understood: " + p.getMessage();
          default -> String.valueOf(e.getMessage());
        };
    return new NetworkException(
        ErrorCode.NETWORK_UNREACHABLE,
        uri,
        reason,
        "Check the network and the address of the remote ('remote show-url').",
        e);
  }

  /** Connections that are in use or wait for the next request. */
  int connections() {
    return open.size();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      idle.clear();
    }
    watch.close();
    open.forEach(this::forget);
  }
}
