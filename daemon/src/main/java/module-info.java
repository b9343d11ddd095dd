/** The D-Bus service. */
module dev.coppice.daemon {
  requires static org.jspecify;
}
