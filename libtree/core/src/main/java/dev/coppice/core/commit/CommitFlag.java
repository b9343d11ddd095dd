package dev.coppice.core.commit;

/** What a commit does beyond recording the sources as they are. */
public enum CommitFlag {
  /**
   * Owner 0:0, no attributes, no setuid, setgid, sticky bit, not writable for others; implied by
   * the mode bare-user-only.
   */
  CANONICAL_PERMISSIONS,
  /** Executable files lose all write permissions. */
  READ_ONLY_EXECUTABLES,
  /** Extended attributes are not read. */
  NO_XATTRS,
  /** Labels {@code /usr/etc} as if it were {@code /etc} (labeling epoch 1). */
  LABEL_USR_ETC_AS_ETC,
  /** Recognises hard links into the repository and does not read those whose metadata is right. */
  LINK_CHECKOUT_SPEEDUP,
  /** Takes hard links into the repository for unmodified, metadata included. */
  DEVINO_CANONICAL,
  /** Removes the content of source directories when the commit is there. */
  CONSUME,
  /** Records the sizes of objects in the commit; archive repositories only. */
  GENERATE_SIZES,
  /** Makes no commit when the tree is that of the parent. */
  SKIP_IF_UNCHANGED,
  /** Records that the tree can be booted, and its kernel version. */
  BOOTABLE,
  /** Records the digest of the composefs image of the tree; reads all files of it once more. */
  GENERATE_COMPOSEFS_DIGEST
}
