package dev.coppice.core.checkout;

/** How files get from the repository into the destination. */
public enum Linking {
  /** By hard link where that is possible, else as a copy. */
  PREFERRED,
  /** By hard link or not at all; empty and unreadable files are copied all the same. */
  REQUIRED,
  /** As copies, which share blocks where the file system can. */
  COPY
}
