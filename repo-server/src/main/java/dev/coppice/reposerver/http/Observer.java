package dev.coppice.reposerver.http;

import dev.coppice.reposerver.access.Gate;
import dev.coppice.reposerver.observe.AccessLog;
import dev.coppice.reposerver.observe.Metrics;
import dev.coppice.reposerver.observe.Section;
import dev.coppice.reposerver.observe.Served;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/**
 * Tells metrics and log of each request when its answer is complete.
 *
 * @param named whether the paths of repositories begin with a name
 */
public record Observer(Metrics metrics, Optional<AccessLog> log, Gate gate, boolean named)
    implements RequestLog {
  @Override
  public void log(Request request, Response response) {
    long nanos = System.nanoTime() - request.getBeginNanoTime();
    long bytes = Response.getContentBytesWritten(response);
    String path = request.getHttpURI().getPath();
    metrics.add(section(path), response.getStatus(), bytes, nanos);
    if (log.isPresent()) {
      log.get().add(served(request, response, bytes, nanos));
    }
  }

  private Section section(String path) {
    if (path == null) {
      return Section.OTHER;
    }
    int at = named && !path.startsWith("/-/") ? path.indexOf('/', 1) : 0;
    return Section.of(path, Math.max(at, 0));
  }

  private Served served(Request request, Response response, long bytes, long nanos) {
    HttpFields headers = request.getHeaders();
    return new Served(
        Request.getTimeStamp(request),
        nanos,
        address(Caller.of(request, gate.callers())),
        gate.reader(headers.get(HttpHeader.AUTHORIZATION)),
        request.getMethod(),
        request.getHttpURI().getPathQuery(),
        request.getConnectionMetaData().getHttpVersion().asString(),
        response.getStatus(),
        bytes,
        headers.get(HttpHeader.REFERER),
        headers.get(HttpHeader.USER_AGENT));
  }

  private static String address(SocketAddress caller) {
    return caller instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : "-";
  }
}
