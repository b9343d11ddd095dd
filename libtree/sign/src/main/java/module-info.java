/** Signatures. */
module dev.coppice.sign {
  requires static org.jspecify;
  requires transitive dev.coppice.core;
}
