package dev.coppice.sysroot.etcmerge;

/**
 * A path that the administrator and the new tree both changed, in different ways.
 *
 * @param path relative to {@code /etc}
 * @param kind how the two changes meet
 */
public record EtcConflict(String path, Kind kind) {
  /** How changes meet, and what comes of it. */
  public enum Kind {
    /** Changed here and there; the local file stays. */
    BOTH_MODIFIED("changed here and in the new version; the local one is kept"),
    /** Added here and there, not the same; the local file stays. */
    BOTH_ADDED("added here and in the new version; the local one is kept"),
    /** Changed here, gone there; the local file stays. */
    MODIFIED_HERE_REMOVED_THERE(
        "changed here and removed in the new version; the local one is kept"),
    /** Removed here, changed there; it stays removed. */
    REMOVED_HERE_MODIFIED_THERE("removed here and changed in the new version; it stays removed"),
    /** A local file where the new tree has a directory: cannot be merged. */
    FILE_OVER_DIRECTORY("a file here and a directory in the new version; this cannot be merged"),
    /** A local change inside a directory that the new tree has as something else. */
    DIRECTORY_REPLACED(
        "inside a directory that is something else in the new version; this cannot be merged");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** What it means, in words. */
    public String text() {
      return text;
    }

    /** Whether no merge is possible until somebody changes one side. */
    public boolean isFatal() {
      return this == FILE_OVER_DIRECTORY || this == DIRECTORY_REPLACED;
    }
  }
}
