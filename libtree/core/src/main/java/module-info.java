/** Content-addressed trees: objects, stores, refs and the verbs over them. */
module dev.coppice.core {
  requires static org.jspecify;
  requires transitive dev.coppice.posix;

  exports dev.coppice.core.config;
  exports dev.coppice.core.failure;
  exports dev.coppice.core.gvariant;
  exports dev.coppice.core.io;
  exports dev.coppice.core.object;
  exports dev.coppice.core.ref;
}
