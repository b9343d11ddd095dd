package dev.coppice.reposerver.http;

import dev.coppice.reposerver.Pages;
import dev.coppice.reposerver.access.Gate;
import dev.coppice.reposerver.observe.Metrics;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** All requests: who may ask, and the way of each to the repository or page that it is for. */
public final class RootHandler extends Handler.Abstract.NonBlocking {
  private static final String SERVER_PAGES = "/-/";
  private static final String HEALTH = "/-/health";
  private static final String METRICS = "/-/metrics";

  private final EntityCache cache;
  private final List<Mounted> mounts;
  private final Pages root;
  private final Gate gate;
  private final Insight insight;
  private final Consumer<String> report;

  private record Mounted(Mount mount, RepoHandler handler) {}

  /**
   * @param cacheBytes for small files in memory
   * @param report takes messages for the operator
   */
  public RootHandler(
      Routes routes, long cacheBytes, Gate gate, Insight insight, Consumer<String> report) {
    this.cache = new EntityCache(cacheBytes);
    this.mounts =
        routes.mounts().stream()
            .map(mount -> new Mounted(mount, new RepoHandler(mount, cache)))
            .toList();
    this.root = routes.root();
    this.gate = gate;
    this.insight = insight;
    this.report = report;
    Metrics metrics = insight.metrics();
    metrics.gauge("coppice_cache_bytes", "Memory that small files take.", cache::bytes);
    metrics.gauge("coppice_cache_files", "Small files in memory.", cache::size);
    metrics.counter("coppice_cache_hits_total", "Requests answered from memory.", cache::hits);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String raw = request.getHttpURI().getPath();
    if (refuse(raw, request, response, callback)
        || RepoHandler.tryCached(cache, raw, request, response, callback)) {
      return true;
    }
    request
        .getComponents()
        .getExecutor()
        .execute(() -> handleBlocking(raw, request, response, callback));
    return true;
  }

  /** Answers what must not go further: wrong methods, and those who may not ask. */
  private boolean refuse(String raw, Request request, Response response, Callback callback) {
    String method = request.getMethod();
    if (!HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method)) {
      response.getHeaders().add(HttpHeader.ALLOW, "GET, HEAD");
      PageAnswers.text(
          HttpStatus.METHOD_NOT_ALLOWED_405, "only GET and HEAD", request, response, callback);
      return true;
    }
    if (raw.equals(HEALTH) || raw.equals(METRICS)) {
      return false; // one is for everybody, the other asks for itself
    }
    SocketAddress caller = Caller.of(request, gate.callers());
    switch (gate.check(caller, request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
      case OPEN -> {
        return false;
      }
      case FORBIDDEN ->
          PageAnswers.text(
              HttpStatus.FORBIDDEN_403, "not from this address", request, response, callback);
      case UNKNOWN -> {
        response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"coppice\"");
        response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"coppice\"");
        PageAnswers.text(
            HttpStatus.UNAUTHORIZED_401, "a token is needed", request, response, callback);
      }
    }
    return true;
  }

  private void handleBlocking(String raw, Request request, Response response, Callback callback) {
    try {
      Optional<String> path = PathText.decode(raw);
      if (path.isEmpty() || !route(path.get(), request, response, callback)) {
        PageAnswers.text(HttpStatus.NOT_FOUND_404, "not found", request, response, callback);
      }
    } catch (IOException | RuntimeException e) {
      report.accept("error: while answering " + request.getHttpURI().getPath() + ": " + e);
      Response.writeError(request, response, callback, e);
    }
  }

  private boolean route(String path, Request request, Response response, Callback callback)
      throws IOException {
    if (path.equals(HEALTH)) {
      // Everybody may know that it lives, and monitors how it does.
      String more = mayMonitor(request) ? "\n" + insight.health().get().stripTrailing() : "";
      PageAnswers.text(
          HttpStatus.OK_200, ("ok" + more).stripTrailing(), request, response, callback);
      return true;
    }
    if (path.equals(METRICS)) {
      return metrics(request, response, callback);
    }
    for (Mounted each : mounts) {
      String prefix = each.mount().prefix();
      if (path.startsWith(prefix) && path.startsWith("/", prefix.length())) {
        String inside = path.substring(prefix.length());
        return isPage(inside)
            ? PageAnswers.send(each.mount().pages(), inside, request, response, callback)
            : each.handler().handle(inside.substring(1), request, response, callback);
      }
    }
    return isPage(path) && PageAnswers.send(root, path, request, response, callback);
  }

  private static boolean isPage(String path) {
    return path.equals("/") || path.startsWith(SERVER_PAGES);
  }

  /** To those who may not see them, metrics do not exist. */
  private boolean metrics(Request request, Response response, Callback callback) {
    if (!mayMonitor(request)) {
      return false;
    }
    PageAnswers.metrics(insight.metrics().text(), request, response, callback);
    return true;
  }

  private boolean mayMonitor(Request request) {
    return gate.allowsMetrics(Caller.of(request, gate.callers()));
  }
}
