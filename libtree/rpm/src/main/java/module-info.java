/** RPM packages. */
module dev.coppice.rpm {
  requires static org.jspecify;
  requires transitive dev.coppice.core;
}
