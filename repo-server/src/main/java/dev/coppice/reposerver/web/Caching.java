package dev.coppice.reposerver.web;

/** For how long a browser may keep a page without asking again. */
enum Caching {
  /** Not at all: refs move, and signatures and deltas are added to commits. */
  ASK("no-cache"),
  /** A page about what a checksum names: only another version of this program changes it. */
  CHECKSUM("max-age=3600"),
  /** Bytes whose address says what they are. */
  FOREVER("max-age=31536000, immutable");

  private final String header;

  Caching(String header) {
    this.header = header;
  }

  /** The value of {@code Cache-Control}. */
  String header() {
    return header;
  }
}
