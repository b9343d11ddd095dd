package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** HTTP/1.1 and HTTP/2 with the client of the JDK. */
final class JdkTransport implements Transport {
  private static final Duration CONNECT = Duration.ofSeconds(30);

  /** Bodies up to here are taken whole, which costs fewer switches of threads. */
  private static final long SMALL = 64 << 10;

  private static final long GRACE_NANOS = 200_000_000;

  private final HttpClient client;
  private final FetchSettings.Retry retry;
  private final ExecutorService executor;

  JdkTransport(FetchSettings settings) throws IOException {
    this.retry = settings.retry();
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
    var progress = new WatchedBody.Progress();
    CompletableFuture<HttpResponse<InputStream>> sent =
        client.sendAsync(request.build(), bodies(progress));
    try {
      HttpResponse<InputStream> response = await(sent, progress, call);
      return new Reply(
          response.statusCode(), name -> response.headers().firstValue(name), response.body());
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw failed(call, e.getCause() == null ? e : e.getCause());
    }
  }

  /** Waits for the headers, and for the body where that is small. */
  private HttpResponse<InputStream> await(
      CompletableFuture<HttpResponse<InputStream>> sent, WatchedBody.Progress progress, Call call)
      throws InterruptedException, ExecutionException, NetworkException {
    // A little more than the client's own timeout, so that silence before the headers is told
    // apart.
    long patience = call.patience().toNanos() + GRACE_NANOS;
    long least = call.patience().toMillis() * retry.slowBytes() / 1000;
    long from = progress.since();
    long bytes = 0;
    while (true) {
      // The time before the headers and the time after them are measured apart.
      from = Math.max(from, progress.since());
      long left = patience - (System.nanoTime() - from);
      if (left <= 0) {
        long more = progress.bytes() - bytes;
        if (more < least) {
          sent.cancel(true);
          throw stalled(call, more + " bytes in " + call.patience().toSeconds() + " seconds");
        }
        from = System.nanoTime();
        bytes = progress.bytes();
        left = patience;
      }
      try {
        return sent.get(left, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // The next turn sees whether enough came.
      }
    }
  }

  private static IOException failed(Call call, Throwable cause) {
    return switch (cause) {
      case HttpTimeoutException _ ->
          stalled(call, "no answer within " + call.patience().toSeconds() + " seconds");
      case SSLException e -> throw TlsContext.refused(call.uri(), e);
      case IOException e -> unreachable(call, e);
      default -> throw new IllegalStateException(cause);
    };
  }

  private static NetworkException stalled(Call call, String reason) {
    return new NetworkException(
        ErrorCode.NETWORK_STALLED,
        call.uri(),
        reason,
        "See whether the server is overloaded, and try again later.",
        Duration.ZERO);
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

  private static BodyHandler<InputStream> bodies(WatchedBody.Progress progress) {
    return info -> {
      progress.headersCame();
      boolean small = info.headers().firstValueAsLong("content-length").orElse(SMALL + 1) <= SMALL;
      return small ? new WatchedBody(progress) : BodySubscribers.ofInputStream();
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }
}
