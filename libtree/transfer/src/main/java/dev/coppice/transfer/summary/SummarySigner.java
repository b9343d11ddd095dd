package dev.coppice.transfer.summary;

/** Signs a summary, and the commit of metadata where there is one. */
public interface SummarySigner {
  /** The key of its signatures in {@code summary.sig}, as {@code ostree.sign.ed25519}. */
  String key();

  /**
   * A detached signature.
   *
   * @param data what is signed
   */
  byte[] sign(byte[] data);
}
