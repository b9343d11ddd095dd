/** The repository server. */
module dev.coppice.reposerver {
  requires static org.jspecify;
  requires dev.coppice.core;
  requires dev.coppice.transfer;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.http2.server;
  requires org.eclipse.jetty.alpn.server;

  exports dev.coppice.reposerver;
  exports dev.coppice.reposerver.server;
}
