/** System calls: the only module with native access. */
module dev.coppice.posix {
  requires static org.jspecify;

  exports dev.coppice.posix;
}
