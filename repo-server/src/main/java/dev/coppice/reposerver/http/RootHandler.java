package dev.coppice.reposerver.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** All requests: the way of each to the repository or page that it is for. */
public final class RootHandler extends Handler.Abstract.NonBlocking {
  private static final String SERVER_PAGES = "/-/";

  private final EntityCache cache;
  private final List<Mounted> mounts;

  private record Mounted(Mount mount, RepoHandler handler) {}

  /**
   * @param cacheBytes for small files in memory
   */
  public RootHandler(List<Mount> mounts, long cacheBytes) {
    this.cache = new EntityCache(cacheBytes);
    this.mounts =
        mounts.stream().map(mount -> new Mounted(mount, new RepoHandler(mount, cache))).toList();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String method = request.getMethod();
    if (!HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method)) {
      response.getHeaders().add(HttpHeader.ALLOW, "GET, HEAD");
      PageAnswers.text(
          HttpStatus.METHOD_NOT_ALLOWED_405, "only GET and HEAD", request, response, callback);
      return true;
    }
    String raw = request.getHttpURI().getPath();
    if (RepoHandler.tryCached(cache, raw, request, response, callback)) {
      return true;
    }
    request
        .getComponents()
        .getExecutor()
        .execute(() -> handleBlocking(raw, request, response, callback));
    return true;
  }

  private void handleBlocking(String raw, Request request, Response response, Callback callback) {
    try {
      Optional<String> path = PathText.decode(raw);
      if (path.isEmpty() || !route(path.get(), request, response, callback)) {
        PageAnswers.text(HttpStatus.NOT_FOUND_404, "not found", request, response, callback);
      }
    } catch (IOException | RuntimeException e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private boolean route(String path, Request request, Response response, Callback callback)
      throws IOException {
    if (path.equals(SERVER_PAGES + "health")) {
      PageAnswers.text(HttpStatus.OK_200, "ok", request, response, callback);
      return true;
    }
    for (Mounted each : mounts) {
      String prefix = each.mount().prefix();
      if (path.startsWith(prefix) && path.startsWith("/", prefix.length())) {
        String inside = path.substring(prefix.length());
        boolean page = inside.equals("/") || inside.startsWith(SERVER_PAGES);
        return page
            ? PageAnswers.send(each.mount().pages(), inside, request, response, callback)
            : each.handler().handle(inside.substring(1), request, response, callback);
      }
    }
    return false;
  }
}
