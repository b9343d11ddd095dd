package dev.coppice.cli;

import dev.coppice.cli.frame.Personality;

/** Who we are. Constants, because reading a file would cost every start. */
public final class Version {
  /** Our version; a test keeps it equal to the build's. */
  public static final String COPPICE = "0.1.0";

  /** The ostree whose command line, formats and output we follow. */
  public static final String OSTREE = "2026.4";

  private Version() {}

  /**
   * The text of {@code --version}: YAML, as ostree prints it. Scripts look for words in the list of
   * features, so it names only what is there.
   */
  static String text(Personality personality) {
    return switch (personality) {
      case OSTREE ->
          "libostree:\n Version: '"
              + OSTREE
              + "'\n Implementation: 'coppice "
              + COPPICE
              + "'\n Features:\n  - inode64\n  - libarchive\n  - release\n";
      case COPPICE, RPM_OSTREE ->
          "coppice:\n Version: '"
              + COPPICE
              + "'\n Compatible:\n  - 'ostree "
              + OSTREE
              + "'\n Java: '"
              + Runtime.version()
              + "'\n";
    };
  }
}
