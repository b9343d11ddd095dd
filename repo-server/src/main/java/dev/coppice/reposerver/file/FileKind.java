package dev.coppice.reposerver.file;

/** The kinds of files that are served. */
public enum FileKind {
  /** An object named by the hash of its content. */
  OBJECT(true),
  /** Detached metadata and tombstones: beside objects, but they may change. */
  DETACHED(false),
  /** The summary, its signature, and the index of summaries that flatpak keeps. */
  SUMMARY(false),
  /** A summary of one architecture, or the difference of two, named by their hashes. */
  SUBSUMMARY(true),
  /** A part of a static delta; generating it again may change it. */
  DELTA(false),
  /** Which deltas lead to one commit. */
  DELTA_INDEX(false),
  /** A ref: the checksum of a commit. */
  REF(false),
  /** The configuration, of which only a part is shown. */
  CONFIG(false);

  private final boolean immutable;

  FileKind(boolean immutable) {
    this.immutable = immutable;
  }

  /** Whether a file of this name can never have another meaning. */
  public boolean immutable() {
    return immutable;
  }

  /** Whether all of its bytes are sent, whatever they are. */
  public boolean sentAsItIs() {
    return this != REF && this != CONFIG;
  }
}
