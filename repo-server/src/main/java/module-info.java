/** The repository server. */
module dev.coppice.reposerver {
  requires static org.jspecify;

  exports dev.coppice.reposerver;
}
