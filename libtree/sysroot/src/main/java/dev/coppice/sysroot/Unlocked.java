package dev.coppice.sysroot;

import java.util.Locale;

/** Whether and how a deployment was made writable. */
public enum Unlocked {
  /** It was not. */
  NONE,
  /** For good, until the next deployment. */
  HOTFIX,
  /** Until the next boot. */
  DEVELOPMENT,
  /** Read-only overlay until the next boot, for whoever remounts it. */
  TRANSIENT;

  /** The word in origin files and listings. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
