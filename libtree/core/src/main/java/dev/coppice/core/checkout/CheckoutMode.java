package dev.coppice.core.checkout;

/** Whose files a checkout makes. */
public enum CheckoutMode {
  /** Owners, set-id bits and extended attributes as the commit records them. */
  AS_RECORDED,
  /**
   * The files of whoever runs this: no owners, no extended attributes, no setuid and setgid on
   * files, and every file readable for its owner.
   */
  USER
}
