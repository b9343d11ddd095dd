/** Host transactions. */
module dev.coppice.host {
  requires static org.jspecify;
  requires transitive dev.coppice.transfer;
  requires transitive dev.coppice.sysroot;
}
