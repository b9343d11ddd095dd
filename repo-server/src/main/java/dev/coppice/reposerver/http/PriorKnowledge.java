package dev.coppice.reposerver.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 without TLS for clients that begin with it, and not for those that offer to upgrade.
 *
 * <p>HTTP/2 has given up the upgrade (RFC 9113, section 3.1), but libcurl 7.88, and with it the
 * ostree of Debian 12, still offers it, and then every seventh pull of a thousand objects stood
 * still for half a minute: with data of several streams in its buffer libcurl waits for more. Over
 * HTTP/1.1 it does not, and that is what such clients get from other servers as well.
 */
public final class PriorKnowledge extends HTTP2CServerConnectionFactory {
  /** HTTP/2 with these settings. */
  public PriorKnowledge(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public @Nullable Connection upgradeConnection(
      Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable answer) {
    return HttpMethod.PRI.is(request.getMethod())
        ? super.upgradeConnection(connector, endPoint, request, answer)
        : null; // no upgrade, says the contract
  }
}
