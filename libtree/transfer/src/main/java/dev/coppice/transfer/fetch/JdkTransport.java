package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;

/** HTTP/1.1 and HTTP/2 with the client of the JDK. */
final class JdkTransport implements Transport {
  private static final Duration CONNECT = Duration.ofSeconds(30);

  /** Bodies up to here are taken whole, which costs fewer switches of threads. */
  private static final long SMALL = 64 << 10;

  private final HttpClient client;
  private final ExecutorService executor;

  JdkTransport(FetchSettings settings) throws IOException {
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .executor(executor)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(settings.http2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
    builder.proxy(Proxies.of(settings));
    TlsContext.of(settings.tls()).ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  @Override
  public Reply send(Call call) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .method(call.head() ? "HEAD" : "GET", HttpRequest.BodyPublishers.noBody())
            .timeout(call.patience());
    if (!call.uri().getScheme().equalsIgnoreCase("https")) {
      // Without TLS, HTTP/2 would have to be asked for with an upgrade, which few servers know.
      request.version(HttpClient.Version.HTTP_1_1);
    }
    call.headers().forEach(header -> request.header(header.name(), header.value()));
    try {
      HttpResponse<InputStream> response = client.send(request.build(), bodies());
      return new Reply(
          response.statusCode(), name -> response.headers().firstValue(name), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (HttpTimeoutException e) {
      throw new NetworkException(
          ErrorCode.NETWORK_STALLED,
          call.uri(),
          "no answer within " + call.patience().toSeconds() + " seconds",
          "See whether the server is overloaded, and try again later.",
          e);
    } catch (SSLException e) {
      throw TlsContext.refused(call.uri(), e);
    } catch (IOException e) {
      throw unreachable(call, e);
    }
  }

  private static NetworkException unreachable(Call call, IOException e) {
    String reason =
        e instanceof ConnectException && e.getMessage() == null
            ? "Could not connect to server"
            : String.valueOf(e.getMessage());
    return new NetworkException(
        ErrorCode.NETWORK_UNREACHABLE,
        call.uri(),
        reason,
        "Check the network and the address of the remote ('remote show-url').",
        e);
  }

  private static BodyHandler<InputStream> bodies() {
    return info -> {
      boolean small = info.headers().firstValueAsLong("content-length").orElse(SMALL + 1) <= SMALL;
      return small
          ? BodySubscribers.mapping(BodySubscribers.ofByteArray(), ByteArrayInputStream::new)
          : BodySubscribers.ofInputStream();
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }
}
