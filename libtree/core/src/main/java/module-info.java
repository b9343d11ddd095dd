/** Content-addressed trees: objects, stores, refs and the verbs over them. */
module dev.coppice.core {
  requires static org.jspecify;
  requires transitive dev.coppice.posix;
  requires com.github.luben.zstd_jni;
  requires org.apache.commons.codec;
  requires org.apache.commons.compress;
  requires org.tukaani.xz;

  exports dev.coppice.core.checkout;
  exports dev.coppice.core.commit;
  exports dev.coppice.core.composefs;
  exports dev.coppice.core.config;
  exports dev.coppice.core.erofs;
  exports dev.coppice.core.export;
  exports dev.coppice.core.diff;
  exports dev.coppice.core.failure;
  exports dev.coppice.core.fsck;
  exports dev.coppice.core.gvariant;
  exports dev.coppice.core.io;
  exports dev.coppice.core.object;
  exports dev.coppice.core.prune;
  exports dev.coppice.core.ref;
  exports dev.coppice.core.repo;
  exports dev.coppice.core.selinux;
  exports dev.coppice.core.store;
  exports dev.coppice.core.time;
  exports dev.coppice.core.tree;
}
