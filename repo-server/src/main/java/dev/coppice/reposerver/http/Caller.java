package dev.coppice.reposerver.http;

import dev.coppice.reposerver.access.Callers;
import java.net.SocketAddress;
import org.eclipse.jetty.server.Request;

/** Finds out who has sent a request. */
final class Caller {
  private Caller() {}

  static SocketAddress of(Request request, Callers callers) {
    SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
    return callers.proxies().ranges().isEmpty()
        ? remote
        : callers.of(remote, request.getHeaders().getValuesList(Callers.HEADER));
  }
}
