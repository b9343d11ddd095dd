/** Moving objects between repositories. */
module dev.coppice.transfer {
  requires static org.jspecify;
  requires transitive dev.coppice.core;
  requires transitive dev.coppice.sign;
  requires java.net.http;
  requires java.xml;
  requires org.tukaani.xz;

  exports dev.coppice.transfer.delta;
  exports dev.coppice.transfer.delta.apply;
  exports dev.coppice.transfer.delta.plan;
  exports dev.coppice.transfer.delta.route;
  exports dev.coppice.transfer.delta.generate;
  exports dev.coppice.transfer.delta.inspect;
  exports dev.coppice.transfer.delta.match;
  exports dev.coppice.transfer.fetch;
  exports dev.coppice.transfer.peer;
  exports dev.coppice.transfer.mdns;
  exports dev.coppice.transfer.mirror;
  exports dev.coppice.transfer.publish;
  exports dev.coppice.transfer.pull;
  exports dev.coppice.transfer.remote;
  exports dev.coppice.transfer.summary;
}
