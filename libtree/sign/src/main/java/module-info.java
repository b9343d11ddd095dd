/** Signatures. */
module dev.coppice.sign {
  requires static org.jspecify;
  requires transitive dev.coppice.core;
  requires org.bouncycastle.pg;
  requires org.bouncycastle.provider;

  exports dev.coppice.sign;
  exports dev.coppice.sign.openpgp;
  exports dev.coppice.sign.trust;
}
