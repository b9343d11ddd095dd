package dev.coppice.core.checkout;

/** Things a checkout does only when asked. */
public enum CheckoutFlag {
  /** {@code .wh.NAME} removes NAME, {@code .wh..wh..opq} empties the directory: OCI layers. */
  WHITEOUTS,
  /** {@code .ostree-wh.NAME} becomes the character device 0:0 NAME, overlayfs' whiteout. */
  PASSTHROUGH_WHITEOUTS,
  /** Directories lose all mode bits outside of 0775, as in bare-user-only repositories. */
  PLAIN_DIRECTORY_MODES,
  /** Uncompressed objects of an archive are kept for the next checkout by hard link. */
  UNCOMPRESSED_CACHE,
  /** That cache is written without a sync, as if {@code core.fsync} were false. */
  UNSYNCED_CACHE,
  /** Every copied file and every directory is synced. */
  FSYNC
}
