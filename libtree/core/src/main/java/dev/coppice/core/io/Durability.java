package dev.coppice.core.io;

/** Whether new content reaches the disk before it becomes visible under its name. */
public enum Durability {
  /** Synced first: after a power cut there is the old content or the new one. */
  SYNCED,
  /** Not synced ({@code fsync=false}): faster, and after a power cut a file may be empty. */
  UNSYNCED
}
