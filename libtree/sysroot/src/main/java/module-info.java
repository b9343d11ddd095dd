/** Deployments and boot entries. */
module dev.coppice.sysroot {
  requires static org.jspecify;
  requires transitive dev.coppice.core;
}
