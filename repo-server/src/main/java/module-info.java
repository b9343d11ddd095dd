/** The repository server. */
module dev.coppice.reposerver {
  requires static org.jspecify;
}
