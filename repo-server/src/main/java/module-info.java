/** The repository server. */
module dev.coppice.reposerver {
  requires static org.jspecify;
  requires transitive dev.coppice.core;
  requires transitive dev.coppice.sign;
  requires dev.coppice.transfer;
  requires jdk.unsupported; // signals
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.http2.server;
  requires org.eclipse.jetty.alpn.server;

  exports dev.coppice.reposerver;
  exports dev.coppice.reposerver.server;
  exports dev.coppice.reposerver.web;
}
