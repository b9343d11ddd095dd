package dev.coppice.reposerver.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A listening socket whose connections are {@link SendfileEndPoint}s. */
public final class SendfileConnector extends ServerConnector {
  /**
   * @param acceptors threads that wait for connections; 0 leaves that to the selectors
   * @param selectors threads that wait for requests
   */
  public SendfileConnector(
      Server server, int acceptors, int selectors, ConnectionFactory... factories) {
    super(server, null, null, null, acceptors, selectors, factories);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    var endPoint = new SendfileEndPoint(channel, selector, key, getScheduler());
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }
}
