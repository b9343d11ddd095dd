package dev.coppice.reposerver.observe;

import java.util.Locale;

/** The parts of a server that metrics tell apart. */
public enum Section {
  /** Objects. */
  OBJECTS,
  /** Static deltas and their indexes. */
  DELTAS,
  /** Summaries. */
  SUMMARY,
  /** Refs. */
  REFS,
  /** The configuration. */
  CONFIG,
  /** Pages for people, health, metrics. */
  PAGES,
  /** What does not exist. */
  OTHER;

  /** As metrics name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The section of a path, from how its part behind {@code at} begins.
   *
   * @param at where the repository's own part of the path begins, at its slash
   */
  public static Section of(String path, int at) {
    if (path.startsWith("/objects/", at)) {
      return OBJECTS;
    }
    if (path.startsWith("/delta", at)) {
      return DELTAS;
    }
    if (path.startsWith("/summar", at)) {
      return SUMMARY;
    }
    if (path.startsWith("/refs/", at)) {
      return REFS;
    }
    if (path.startsWith("/config", at)) {
      return CONFIG;
    }
    return path.length() == at + 1 || path.startsWith("/-/", at) ? PAGES : OTHER;
  }
}
