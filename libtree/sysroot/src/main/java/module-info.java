/** Deployments and boot entries. */
module dev.coppice.sysroot {
  requires static org.jspecify;
  requires transitive dev.coppice.core;

  exports dev.coppice.sysroot;
  exports dev.coppice.sysroot.bls;
  exports dev.coppice.sysroot.boot;
  exports dev.coppice.sysroot.deploy;
  exports dev.coppice.sysroot.etcmerge;
  exports dev.coppice.sysroot.kargs;
  exports dev.coppice.sysroot.label;
}
