package dev.coppice.core.export;

/** The kinds of tar archive. */
public enum ExportFormat {
  /**
   * GNU tar, as the real tool writes it. It cannot hold extended attributes: the real tool leaves
   * them out without a word, and so does this.
   */
  GNU,
  /** POSIX pax without extended attributes. */
  PAX,
  /** POSIX pax with extended attributes as {@code SCHILY.xattr.NAME} records. */
  PAX_WITH_XATTRS
}
