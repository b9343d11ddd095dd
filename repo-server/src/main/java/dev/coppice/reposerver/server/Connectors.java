package dev.coppice.reposerver.server;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.reposerver.http.PriorKnowledge;
import dev.coppice.reposerver.http.SendfileConnector;
import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The listening sockets: HTTP/1.1 and HTTP/2 on each, with TLS or without. */
final class Connectors {
  private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(60);

  /** Nothing that our clients ask for has longer headers. */
  private static final int HEADER_BYTES = 8 * 1024;

  private final Server server;
  private final Optional<SslContextFactory.Server> tls;

  /**
   * @param keys of TLS; empty where no address needs them
   */
  Connectors(Server server, Optional<KeyStore> keys) {
    this.server = server;
    this.tls = keys.map(Connectors::factory);
  }

  private static SslContextFactory.Server factory(KeyStore keys) {
    var factory = new SslContextFactory.Server();
    take(factory, keys);
    return factory;
  }

  private static void take(SslContextFactory factory, KeyStore keys) {
    factory.setKeyStore(keys);
    factory.setKeyStorePassword("");
  }

  /** Uses other keys from the next handshake on. */
  void reload(KeyStore keys) throws IOException {
    try {
      tls.orElseThrow().reload(factory -> take(factory, keys));
    } catch (Exception e) {
      throw new IOException("TLS does not take the new keys: " + e.getMessage(), e);
    }
  }

  /** Opens an address and adds it to the server. */
  void add(Listen listen) throws IOException {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    ConnectionFactory[] protocols = listen.secure() ? secure(http) : plain(http);
    int processors = Runtime.getRuntime().availableProcessors();
    var connector = new SendfileConnector(server, 1, processors, protocols);
    connector.setHost(listen.host().isEmpty() ? null : listen.host());
    connector.setPort(listen.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    open(connector, listen);
    server.addConnector(connector);
  }

  private static ConnectionFactory[] plain(HttpConfiguration http) {
    return new ConnectionFactory[] {new HttpConnectionFactory(http), new PriorKnowledge(http)};
  }

  private ConnectionFactory[] secure(HttpConfiguration http) {
    var alpn = new ALPNServerConnectionFactory();
    var first = new HttpConnectionFactory(http);
    alpn.setDefaultProtocol(first.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.orElseThrow(), alpn.getProtocol()),
      alpn,
      new HTTP2ServerConnectionFactory(http),
      first
    };
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
}
