/** Moving objects between repositories. */
module dev.coppice.transfer {
  requires static org.jspecify;
  requires transitive dev.coppice.core;
  requires transitive dev.coppice.sign;

  exports dev.coppice.transfer.pull;
}
